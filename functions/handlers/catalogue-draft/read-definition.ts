import { readDefinition } from '../../contracts/catalogue/amendment.ts';
import type { Parsed } from '../../contracts/import/import-message.ts';
import type { DefinitionDocument } from '../../domain/catalogue/definition.ts';

/** A definition that may leave out its id, because the path has it. */
export function readDefinitionOf(id: string, value: unknown): Parsed<DefinitionDocument> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return readDefinition(value);
  const given = Object.hasOwn(value, 'id') ? (value as { readonly id: unknown }).id : id;
  const definition = readDefinition({ ...value, id: given });
  if (given === id) return definition;
  const fault = { path: 'id', message: 'must be that of the path, or be left out' };
  return { faults: [fault, ...(definition.faults ?? []).filter(({ path }) => path !== 'id')] };
}
