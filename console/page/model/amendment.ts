/** The parts of an amendment that are edited and compared one by one. */
import type { Schemas } from '../api/schema-types.ts';
import { diff, type Line } from './diff.ts';

export type Amendment = Schemas['Amendment'];
export type Definition = Schemas['Definition'];
/** `profiles.pet-owner`, or a list as a whole. */
export type PartName = string;

export const LISTS = ['labels', 'rules', 'disabled', 'enabled'] as const;
const PROFILES = 'profiles.';

export const partOfProfile = (id: string): PartName => PROFILES + id;
export const profileOfPart = (part: PartName): string | undefined =>
  part.startsWith(PROFILES) ? part.slice(PROFILES.length) : undefined;

const isList = (part: PartName): part is (typeof LISTS)[number] => (LISTS as readonly string[]).includes(part);

export function partOf(amendment: Amendment, part: PartName): unknown {
  if (isList(part)) return amendment[part];
  return amendment.profiles.find(({ id }) => id === profileOfPart(part));
}

/** The amendment with another part; `undefined` removes a definition. */
export function withPart(amendment: Amendment, part: PartName, value: unknown): Amendment {
  if (isList(part)) return { ...amendment, [part]: value };
  const others = amendment.profiles.filter(({ id }) => id !== profileOfPart(part));
  return { ...amendment, profiles: value === undefined ? others : [...others, value as Definition] };
}

/** The part's path in the amendment, with which paths of faults begin. */
export function pathOfPart(amendment: Amendment, part: PartName): string {
  if (isList(part)) return part;
  return `profiles[${amendment.profiles.findIndex(({ id }) => id === profileOfPart(part))}]`;
}

/** Characters of a value that stays on one line. */
const ONE_LINE = 74;

/** As JSON, a line for each condition. */
export function pretty(value: unknown, indent = ''): string {
  if (value === undefined) return '';
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const isArray = Array.isArray(value);
  const inner = `${indent}  `;
  const part = (name: string, each: unknown, within: string) =>
    isArray ? pretty(each, within) : `${JSON.stringify(name)}: ${pretty(each, within)}`;
  const entries = Object.entries(value).filter(([, each]) => each !== undefined);
  const [open, close] = isArray ? ['[', ']'] : ['{', '}'];
  if (entries.length === 0) return open + close;
  const flat = `${open} ${entries.map(([name, each]) => part(name, each, '')).join(', ')} ${close}`;
  if (indent !== '' && flat.length <= ONE_LINE && !flat.includes('\n')) return flat;
  const lines = entries.map(([name, each]) => `${inner}${part(name, each, inner)}`);
  return `${open}\n${lines.join(',\n')}\n${indent}${close}`;
}

/** A rule for a merchant by the words of its name up to the first masked one; the person chooses what it gives. */
export function ruleFor(text: string) {
  const words = text.split(/\s+/);
  const masked = words.findIndex((word) => /[#*]/.test(word));
  const plain = masked < 0 ? words : words.slice(0, masked);
  const id = plain
    .join('-')
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '');
  return { id: id || 'rule', when: { words: [plain.join(' ')] }, give: [] };
}

type PartChange = { readonly part: PartName; readonly lines: readonly Line[] };

/** What differs from one amendment to another, part by part. */
export function changesOf(before: Amendment, after: Amendment): PartChange[] {
  const ids = new Set([...before.profiles, ...after.profiles].map(({ id }) => partOfProfile(id)));
  return [...[...ids].sort(), ...LISTS].flatMap((part) => {
    const [one, other] = [pretty(partOf(before, part)), pretty(partOf(after, part))];
    return one === other ? [] : [{ part, lines: diff(one, other) }];
  });
}
