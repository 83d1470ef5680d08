/** Rules for merchants without a label: which of them a word covers, and the rule and the label as entries of their files. */
import { isMap, isSeq, parseDocument } from 'yaml';
import type { UnlabelledView } from '../../functions/contracts/http/segments.ts';
import type { AmendmentDocument } from '../../functions/domain/catalogue/amendment.ts';
import type { Catalogue } from '../../functions/domain/catalogue/catalogue.ts';
import type { OwnLabelDocument, OwnRuleDocument } from '../../functions/domain/catalogue/own-words.ts';
import { stepsOf } from '../../functions/domain/labels/own-patterns.ts';
import { entryText, listText } from './write.ts';

export type Merchant = UnlabelledView['merchants'][number];
export type Covered = { readonly pattern: string; readonly merchants: readonly Merchant[] };

/** Merchant names come without numbers, names of people and filler words; a pattern is matched against them in the same form. */
export function coveredBy(
  pattern: string,
  merchants: readonly Merchant[],
  { labeller }: Pick<Catalogue, 'labeller'>,
): Covered {
  const says = (word: string) => {
    const account = { accountId: '', currency: 'EUR' };
    return labeller.masked({ day: 0, account, row: { amount: -1, title: word } }) !== '';
  };
  const steps = stepsOf(pattern).filter((step) => step.endsWith('*') || says(step));
  const isStep = (token: string | undefined, step: string) =>
    step.endsWith('*') ? token?.startsWith(step.slice(0, -1)) === true : token === step;
  const holds = ({ text }: Merchant) => {
    const tokens = text.split(' ').filter((token) => !isMask(token));
    return tokens.some((_, at) => steps.every((step, index) => isStep(tokens[at + index], step)));
  };
  return { pattern, merchants: steps.length === 0 ? [] : merchants.filter(holds) };
}

/** The longest run of neighbouring words in a merchant's name; undefined where all of it is masked. */
export function patternFor({ text }: Merchant): string | undefined {
  const runs = text
    .split(' ')
    .map((token) => (isMask(token) ? '\n' : token))
    .join(' ')
    .split('\n')
    .map((run) => run.trim());
  const longest = runs.reduce((best, run) => (run.length > best.length ? run : best), '');
  return longest === '' ? undefined : longest;
}

const isMask = (token: string) => token === '#' || token === '*';

/** Patterns for which none of the client's own rules gives the label yet, compared without case and accents. */
export function newPatterns(patterns: readonly string[], label: string, { rules }: AmendmentDocument): string[] {
  const key = (pattern: string) => stepsOf(pattern).join(' ');
  const known = new Set(
    rules.filter(({ give = [] }) => give.includes(label)).flatMap(({ when }) => (when.words ?? []).map(key)),
  );
  return patterns.filter((pattern) => {
    const isNew = !known.has(key(pattern));
    known.add(key(pattern));
    return isNew;
  });
}

/** A rule that gives a label by these words to outgoing money, as the unlabelled transactions were. */
export function ruleFor(label: string, words: readonly string[], { rules }: AmendmentDocument): OwnRuleDocument {
  const base = `${label.replaceAll(/[^a-z0-9]+/g, '-').replace(/-$/, '')}-words`;
  const taken = new Set(rules.map(({ id }) => id));
  let id = base;
  for (let number = 2; taken.has(id); number++) id = `${base}-${number}`;
  return { id, when: { words: words.map((word) => word.toLowerCase()), direction: 'out' }, give: [label] };
}

/**
 * The text of a file with one more entry in its list; the rest stays as it is, with its comments. Only a list in another form
 * (inside an object or in brackets) makes the whole file be rewritten.
 */
export function withEntry(
  list: 'labels' | 'rules',
  text: string | undefined,
  entry: OwnLabelDocument | OwnRuleDocument,
): string {
  if (text === undefined) return listText(list, [entry]);
  const document = parseDocument(text);
  const appended = `${text.trimEnd()}\n${entryText(entry)}`;
  const before = document.toJS() ?? [];
  if (Array.isArray(before) && says(appended, [...before, entry])) return appended;
  const { contents } = document;
  const node = document.createNode(entry);
  if (isSeq(contents)) document.add(node);
  else if (isMap(contents) && isSeq(contents.get(list))) document.addIn([list], node);
  else document.set(list, document.createNode([entry]));
  return document.toString({ lineWidth: 120 });
}

function says(text: string, value: unknown): boolean {
  const document = parseDocument(text);
  return document.errors.length === 0 && JSON.stringify(document.toJS()) === JSON.stringify(value);
}
