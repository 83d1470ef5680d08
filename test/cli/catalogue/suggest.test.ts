/** `catalogue suggest` on files, with a service that has a snapshot with merchants. */
import { parse } from 'yaml';
import { patternFor, withEntry } from '../../../cli/catalogue/suggest.ts';
import { serving } from '../command-line.ts';
import { catalogue, filesIn, folderOf } from './files.ts';

const merchant = (text: string, owners: number) => ({ text, owners, transactions: owners * 3, total: '1,234.00 EUR' });
const MERCHANTS = [
  merchant('green fee la moraleja', 40),
  merchant('corner\u001b[2J shop #', 30),
  merchant('rcg puerta hierro #', 20),
  merchant('# green fee *', 12),
];
const SNAPSHOT = { snapshotId: 's1', status: 'finished', asOf: '2026-11-29', unlabelled: true, features: [] };

let service: Awaited<ReturnType<typeof serving>>;
beforeAll(async () => {
  service = await serving(({ url }) => ({
    status: 200,
    body: url.includes('/unlabelled') ? { merchants: MERCHANTS } : { snapshots: [SNAPSHOT], cursor: null },
  }));
});
afterAll(() => service.close());

const NEW = ['--title', 'Golf', '--group', 'leisure'];
const suggest = (folder: string, ...args: string[]) =>
  catalogue(['suggest', '--dir', folder, '--label', 'golf', ...args], {
    OWNER_PROFILES_URL: service.url,
    OWNER_PROFILES_KEY: 'op_x',
  });
const RULES = `# Ours.
- id: tolls # by hand
  when: { words: [autopista] }
  give: [toll]

# More to come.
`;

test('declares the label, writes the rule, and shows what it covers', async () => {
  const folder = folderOf({ 'catalogue.yaml': '' });
  const { code, stdout, stderr } = await suggest(folder, ...NEW, 'GREEN FEE*', 'rcg puerta de hierro');
  expect({ code, stdout: stdout.split('\n') }).toEqual({
    code: 0,
    stdout: [
      '┌──────────────────────┬───────────────────────┬───────────┬───────────┬─────────────────┐',
      '│ words                │ merchant              │ owners    │ payments  │ altogether      │',
      '├──────────────────────┼───────────────────────┼───────────┼───────────┼─────────────────┤',
      '│ GREEN FEE*           │ green fee la moraleja │        40 │       120 │    1,234.00 EUR │',
      '│                      │ # green fee *         │        12 │        36 │    1,234.00 EUR │',
      '│ rcg puerta de hierro │ rcg puerta hierro #   │        20 │        60 │    1,234.00 EUR │',
      '└──────────────────────┴───────────────────────┴───────────┴───────────┴─────────────────┘',
    ],
  });
  expect(stderr.split('\n')).toEqual([
    `new: ${folder}/labels.yaml`,
    `new: ${folder}/rules.yaml`,
    'wrote rule golf-words; see its effect: owner-profiles catalogue preview',
  ]);
  const files = filesIn(folder);
  expect(parse(files['labels.yaml'] ?? '')).toEqual([{ id: 'golf', title: 'Golf', group: 'leisure' }]);
  const rule = {
    id: 'golf-words',
    when: { words: ['green fee*', 'rcg puerta de hierro'], direction: 'out' },
    give: ['golf'],
  };
  expect(parse(files['rules.yaml'] ?? '')).toEqual([rule]);
  expect((await catalogue(['check', folder])).stdout).toContain('1 label, 1 rule');

  // Repeated, nothing is written twice; other words become a separate rule.
  const again = await suggest(folder, 'Green  FEE*');
  expect([again.code, again.stderr]).toEqual([0, 'Green  FEE*: a rule gives golf by it already']);
  expect(filesIn(folder)).toEqual(files);
  expect((await suggest(folder, 'shop*')).code).toBe(0);
  expect(filesIn(folder)['labels.yaml']).toBe(files['labels.yaml']);
  expect(parse(filesIn(folder)['rules.yaml'] ?? '').map(({ id }: { id: string }) => id)).toEqual([
    'golf-words',
    'golf-words-2',
  ]);
});

test('leaves what is in the files as it is written, comments too', async () => {
  const folder = folderOf({ 'catalogue.yaml': '', 'labels.yaml': '# None yet.\n', 'rules.yaml': RULES });
  const dry = await suggest(folder, ...NEW, '--dry-run', 'green fee');
  expect(dry.stderr).toContain(`would be added to: ${folder}/rules.yaml`);
  expect(filesIn(folder)['rules.yaml']).toBe(RULES);
  expect((await suggest(folder, ...NEW, 'green fee', 'nowhere')).stdout).toContain('│ nowhere   │ none');
  const { 'rules.yaml': rules = '', 'labels.yaml': labels = '' } = filesIn(folder);
  expect([rules.startsWith(RULES.trimEnd()), labels.startsWith('# None yet.\n- ')]).toEqual([true, true]);
  expect(parse(rules)[1].when.words).toEqual(['green fee']);
});

test.each([
  ['unknown labels without a declaration', ['green fee'], 2, 'declare it with --title and --group\n  groups: '],
  ['unknown groups', ['--title', 'Golf', '--group', 'leisur', 'green fee'], 2, 'did you mean leisure?'],
  ['words that cannot be looked for', [...NEW, 'g*'], 2, '"g*" must have 3 letters before a * at least'],
  ['words of no merchant', [...NEW, 'nowhere'], 3, 'no merchant without a label has these words; nothing was written'],
  ['no words at all', NEW, 2, 'name merchants by their words'],
])('refuses %s', async (_, args, code, message) => {
  const folder = folderOf({ 'catalogue.yaml': '' });
  const told = await suggest(folder, ...args);
  expect([told.code, told.stderr]).toEqual([code, expect.stringContaining(message)]);
  expect(told.stdout).not.toContain('\u001b[2J');
  expect(Object.keys(filesIn(folder))).toEqual(['catalogue.yaml']);
});

test('a folder with a fault is mended first, and one that would have one is left alone', async () => {
  const faulty = folderOf({ 'catalogue.yaml': '', 'rules.yaml': '- { id: x }\n' });
  expect(await suggest(faulty, ...NEW, 'green fee')).toMatchObject({
    code: 1,
    stderr: expect.stringContaining('rules.yaml:1'),
  });
  const rules = Array.from(
    { length: 500 },
    (_, at) => `- { id: r${at}, when: { words: [w${at}] }, give: [pets] }\n`,
  ).join('');
  const full = folderOf({ 'catalogue.yaml': '', 'rules.yaml': rules });
  const told = await suggest(full, ...NEW, 'green fee');
  expect(told).toMatchObject({
    code: 1,
    stderr: expect.stringContaining('must not have more than 500 rules, and has 501'),
  });
  expect(filesIn(full)['rules.yaml']).toBe(rules);
});

const ENTRY = { id: 'golf', title: 'Golf', group: 'leisure' };
const OTHER = { id: 'chess', title: 'Chess', group: 'leisure' };
test.each([
  [
    'an object with the list',
    'labels: # ours\n  - { id: chess, title: Chess, group: leisure }\n',
    { labels: [OTHER, ENTRY] },
  ],
  ['an object without it', '# ours\nlabels:\n', { labels: [ENTRY] }],
  ['brackets', '[{ id: chess, title: Chess, group: leisure }] # ours\n', [OTHER, ENTRY]],
  ['indented entries', '# ours\n  - { id: chess, title: Chess, group: leisure }', [OTHER, ENTRY]],
])('an entry joins a list in %s', (_, before, after) => {
  const text = withEntry('labels', before, ENTRY);
  expect(parse(text)).toEqual(after);
  expect(text).toContain('# ours');
});

test.each([
  ['corner # shop by the sea', 'shop by the sea'],
  ['# *', undefined],
  ['rcg puerta hierro #', 'rcg puerta hierro'],
])('of %j one picks %j', (text, expected) => {
  expect(patternFor(merchant(text, 1))).toBe(expected);
});
