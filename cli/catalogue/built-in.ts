/** The built-in catalogue of this release, which a client amends. Its files are read once, and only by commands that need them. */
import type { Catalogue } from '../../functions/domain/catalogue/catalogue.ts';

let opened: Promise<Catalogue> | undefined;

export function builtInCatalogue(): Promise<Catalogue> {
  opened ??= open();
  return opened;
}

async function open(): Promise<Catalogue> {
  const { preparedCatalogue } = await import('../../catalogue/build/prepared.ts');
  const { openCatalogue } = await import('../../functions/domain/catalogue/catalogue.ts');
  return openCatalogue(preparedCatalogue());
}

/** The file of a built-in definition, with its comments and its reasons. */
export function builtInFile(id: string): URL {
  return new URL(`../../catalogue/profiles/${id}.yaml`, import.meta.url);
}
