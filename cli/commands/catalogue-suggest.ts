/** `catalogue suggest`: writes a client's own rule for merchants without a label. */
import { join } from 'node:path';
import type { Command } from 'commander';
import type { Catalogue } from '../../functions/domain/catalogue/catalogue.ts';
import type { OwnLabelDocument } from '../../functions/domain/catalogue/own-words.ts';
import { patternFault } from '../../functions/domain/labels/own-patterns.ts';
import { nearest } from '../../functions/domain/values/nearest.ts';
import { builtInCatalogue } from '../catalogue/built-in.ts';
import { checkFolder } from '../catalogue/check.ts';
import { type CostOptions, withCostOptions } from '../catalogue/cost-first.ts';
import {
  type CatalogueFolder,
  FILES,
  type ListName,
  readClientFolder,
  textOf,
  usualFolder,
} from '../catalogue/folder.ts';
import { readSource, type Source } from '../catalogue/source.ts';
import {
  type Covered,
  coveredBy,
  type Merchant,
  newPatterns,
  patternFor,
  ruleFor,
  withEntry,
} from '../catalogue/suggest.ts';
import { apply, type Change } from '../catalogue/write.ts';
import { apiConnection } from '../connection.ts';
import type { Context } from '../context.ts';
import { CliError, EXIT, usage } from '../errors.ts';
import { type CommonOptions, optionsOf } from '../options.ts';
import { openSegments, snapshotKeeping } from '../segments/service.ts';
import { coveredText, numberedText } from '../segments/view.ts';
import { answered, safe, safeJson } from '../terminal.ts';
import { refuseFaults } from './catalogue-check.ts';
import { OF_SNAPSHOT } from './segments-kept.ts';

type Options = CommonOptions &
  CostOptions & {
    readonly label: string;
    readonly title?: string;
    readonly group?: string;
    readonly dir: string;
    readonly snapshot?: string;
    readonly dryRun?: boolean;
  };
type Folder = CatalogueFolder & { readonly settings: Source };

/** As many as a snapshot lists. */
const MOST_MERCHANTS = 1000;
const LISTED = 50;

export function suggestCommand(catalogue: Command, context: Context): void {
  withCostOptions(catalogue.command('suggest'))
    .description('write a rule for merchants without a label')
    .argument('[patterns...]', "words of the merchants, such as 'GREEN FEE*' (default: pick them from a list)")
    .requiredOption('--label <id>', 'the label to give; a new one is declared')
    .option('--title <text>', 'what a new label means, in a few words')
    .option('--group <group>', 'the built-in group of a new label')
    .option('--dir <dir>', 'folder of your catalogue', usualFolder())
    .option('--snapshot <id>', OF_SNAPSHOT)
    .option('--dry-run', 'only show what would be written')
    .action(async (patterns: string[], _: unknown, command: Command) =>
      suggest(patterns, optionsOf<Options>(command), context),
    );
}

async function suggest(given: readonly string[], options: Options, context: Context): Promise<void> {
  const { label, dir } = options;
  for (const pattern of given) {
    const fault = patternFault(pattern);
    if (fault !== undefined) throw usage(`"${safe(pattern)}" ${fault}`);
  }
  const folder = readClientFolder(dir);
  const base = await builtInCatalogue();
  const { amendment, faults } = checkFolder(folder, base);
  refuseFaults(faults, context);
  const declared = base.labels.has(label) || amendment.labels.some(({ id }) => id === label);
  const declaration = declared ? undefined : await newLabel(options, base, context);
  const merchants = await merchantsOf(options, context);
  const patterns = given.length > 0 ? given : await picked(merchants, context);
  const covered = newPatterns(patterns, label, amendment).map((pattern) => coveredBy(pattern, merchants, base));
  for (const pattern of patterns) {
    if (!covered.some((one) => one.pattern === pattern))
      context.note(`${safe(pattern)}: a rule gives ${label} by it already`);
  }
  const written = covered.filter((one) => one.merchants.length > 0);
  const rule =
    written.length === 0
      ? undefined
      : ruleFor(
          label,
          written.map(({ pattern }) => pattern),
          amendment,
        );
  const changes = rule ? changesOf(folder, declaration, rule) : [];
  refuseFaults(checkFolder(changed(folder, changes), base).faults, context);
  if (!options.dryRun) apply(dir, changes);
  report({ covered, rule, changes }, options, context);
}

type Suggestion = {
  readonly covered: readonly Covered[];
  readonly rule: ReturnType<typeof ruleFor> | undefined;
  readonly changes: readonly Change[];
};

/** @throws {CliError} NOT_FOUND when no pattern covers a merchant */
function report({ covered, rule, changes }: Suggestion, { json, dryRun }: Options, context: Context): void {
  const files = changes.map(({ file, change }) => ({ file, change }));
  if (json) context.out(safeJson({ rule: rule ?? null, covered, files, written: dryRun !== true }));
  else if (covered.length > 0) context.out(coveredText(covered));
  if (!rule) {
    if (covered.length === 0) return;
    throw new CliError(
      'no merchant without a label has these words; nothing was written',
      'what there is: owner-profiles segments unlabelled',
      EXIT.notFound,
    );
  }
  for (const { file, change } of files) {
    context.note(`${dryRun ? 'would be ' : ''}${change === 'new' ? 'new' : 'added to'}: ${safe(file)}`);
  }
  context.note(`wrote rule ${rule.id}; see its effect: owner-profiles catalogue preview`);
}

/** The declaration of a label that does not exist yet. */
async function newLabel(options: Options, { groupOf }: Catalogue, context: Context): Promise<OwnLabelDocument> {
  const { label } = options;
  const groups = [...new Set(groupOf.values())].sort();
  const asked = async (option: 'title' | 'group', question: string) => {
    const value = options[option] ?? (context.interactive ? await answered(question) : undefined);
    if (value) return value;
    throw usage(
      `${safe(label)} is not a label yet: declare it with --title and --group`,
      `groups: ${groups.join(', ')}`,
    );
  };
  const title = await asked('title', `What does ${safe(label)} mean, in a few words?`);
  const group = await asked('group', `Which group is it of? ${groups.join(', ')}:`);
  if (groups.includes(group)) return { id: label, title, group };
  const near = nearest(group, groups);
  throw usage(`there is no group ${safe(group)}`, near ? `did you mean ${near}?` : `groups: ${groups.join(', ')}`);
}

async function merchantsOf({ snapshot, ...options }: Options, context: Context): Promise<readonly Merchant[]> {
  const segments = openSegments(apiConnection(options, context.env));
  const keeps = ({ unlabelled }: { readonly unlabelled: boolean }) => unlabelled;
  const wanted = { snapshotId: snapshot, body: { unlabelled: true }, keeps };
  const { snapshotId } = await snapshotKeeping(segments, wanted, options, context);
  return (await segments.unlabelled(snapshotId, MOST_MERCHANTS)).merchants;
}

/** @throws {CliError} when there is no terminal to pick from */
async function picked(merchants: readonly Merchant[], context: Context): Promise<string[]> {
  const listed = merchants.slice(0, LISTED);
  context.out(numberedText(listed));
  if (!context.interactive)
    throw usage('name merchants by their words', "such as: catalogue suggest --label golf 'GREEN FEE*'");
  const numbers = ((await answered('Which of them? Numbers, such as 1 4:')) ?? '').split(/[\s,]+/).filter(Boolean);
  return numbers.map((number) => {
    const merchant = listed[Number(number) - 1];
    const pattern = merchant && patternFor(merchant);
    if (pattern === undefined) throw usage(`${safe(number)} is not one of the numbers`);
    return pattern;
  });
}

function changesOf(
  { directory }: Folder,
  label: OwnLabelDocument | undefined,
  rule: ReturnType<typeof ruleFor>,
): Change[] {
  const entries = [
    ['labels', label],
    ['rules', rule],
  ] as const;
  return entries.flatMap(([list, entry]): Change[] => {
    if (!entry) return [];
    const file = join(directory, FILES[list]);
    const before = textOf(file);
    return [{ file, change: before === undefined ? 'new' : 'overwritten', text: withEntry(list, before, entry) }];
  });
}

/** The folder with the change applied. */
function changed(folder: Folder, changes: readonly Change[]): Folder {
  const after = (list: ListName) => {
    const file = join(folder.directory, FILES[list]);
    const text = changes.find((change) => change.file === file)?.text;
    if (text === undefined) return folder.lists[list];
    return [readSource(file, text), ...folder.lists[list].filter((source) => source.file !== file)];
  };
  return { ...folder, lists: { labels: after('labels'), rules: after('rules') } };
}
