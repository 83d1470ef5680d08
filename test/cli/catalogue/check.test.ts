import { join } from 'node:path';
import { catalogue, folderOf, GARDEN_LOVER } from './files.ts';

const check = async (files: Record<string, string>) => {
  const folder = folderOf(files);
  const { code, stdout, stderr } = await catalogue(['check', folder]);
  return { code, stdout: stdout.replaceAll(folder, 'c'), notes: stderr.replaceAll(`${folder}/`, '').split('\n') };
};

test('a catalogue without faults', async () => {
  expect(
    await check({
      'catalogue.yaml': 'disabled: [night-owl]\nenabled: [gambler]\n',
      'profiles/garden-lover.yaml': GARDEN_LOVER,
      'profiles/pet-owner.json': JSON.stringify({
        ...{ id: 'pet-owner', title: 'Keeps a pet', description: 'Pets.' },
        enter: { feature: 'pets.months', window: '180d', atLeast: 2 },
      }),
      'profiles/.hidden.yaml': 'no: definition',
      'profiles/README.md': '# Ours',
    }),
  ).toEqual({ code: 0, stdout: 'c: 2 definitions, 1 disabled, 1 enabled; no faults', notes: [''] });
});

test.each([
  ['an empty file', ''],
  ['only comments', '# none yet\n'],
  ['fields with nothing in them', 'disabled:\n  # - night-owl\nenabled:\n'],
])('a client that changes nothing: %s', async (_, text) => {
  expect(await check({ 'catalogue.yaml': text })).toMatchObject({ code: 0 });
});

const LABELS_FILE = '- { id: golf, title: Golf, group: leisure }\n';
const RULES_FILE = `rules:
  - id: golf-clubs
    when:
      words: [club de golf, golfov*]
      amount: { atLeast: 20 EUR }
    give: [golf]
    take: [sport]
`;
const GOLF_PLAYER = GARDEN_LOVER.replace('id: garden-lover', 'id: golf-player').replaceAll('gardening', 'golf');

test('labels and rules in files of their own, which definitions read', async () => {
  const files = { 'catalogue.yaml': '', 'labels.yaml': LABELS_FILE, 'rules.yaml': RULES_FILE };
  expect(await check({ ...files, 'profiles/golf-player.yaml': GOLF_PLAYER })).toEqual({
    code: 0,
    stdout: 'c: 1 definition, 1 label, 1 rule, 0 disabled, 0 enabled; no faults',
    notes: [''],
  });
});

test('faults of labels and rules have their file, line and nearest name', async () => {
  expect(
    await check({
      'catalogue.yaml': '',
      'labels.yaml': LABELS_FILE.replace('leisure', 'leisur'),
      'rules.yaml': RULES_FILE.replace('[golf]', '[gulf]').replace('golfov*', 'go*'),
      'profiles/golf-player.yaml': GOLF_PLAYER.replace('golf.months', 'gollf.months'),
    }),
  ).toMatchObject({
    code: 1,
    notes: [
      'labels.yaml:1:35: labels[0].group: must be a known group, and `leisur` is not: did you mean `leisure`?',
      'profiles/golf-player.yaml:6:18: enter.all[0].feature: must have a known label, and `gollf` is not: did you mean `golf`?',
      'rules.yaml:4:29: rules[0].when.words[1]: must have 3 letters before a * at least',
      'rules.yaml:6:12: rules[0].give[0]: must be a known label, and `gulf` is not: did you mean `golf`?',
      'error: 4 faults in 3 files',
    ],
  });
  expect(
    await check({
      'catalogue.yaml': 'rules: []\n',
      'labels.yaml': '- { id: Golf, title: G, groop: leisure }\n',
      'rules.yaml': '- { id: r, when: { wrds: [golf] }, give: [golf] }\n',
    }),
  ).toMatchObject({
    notes: [
      'catalogue.yaml:1:1: rules: rules belong in a file of their own: rules.yaml',
      'labels.yaml:1:3: labels[0].group: must be given',
      'labels.yaml:1:9: labels[0].id: must be lower-case words, joined by single blanks or hyphens',
      'labels.yaml:1:25: labels[0].groop: must be a known field: did you mean `group`?',
      'rules.yaml:1:20: rules[0].when.wrds: must be a known field: did you mean `words`?',
      'error: 5 faults in 3 files',
    ],
  });
});

test('rules in several files, and files that are not read', async () => {
  const files = {
    'catalogue.yaml': '',
    'labels.yaml': LABELS_FILE,
    'rules/clubs.yaml': RULES_FILE,
    'rules/shops.json': '[{ "id": "shops", "when": { "words": ["tee time"] }, "give": ["golf"] }]',
    'rules/README.md': '# About our rules',
  };
  expect(await check(files)).toMatchObject({
    code: 0,
    stdout: 'c: 0 definitions, 1 label, 2 rules, 0 disabled, 0 enabled; no faults',
  });
  expect(
    await check({
      ...files,
      'labels.yml': LABELS_FILE,
      'rules.yaml': RULES_FILE,
      'rules/old/golf.yaml': RULES_FILE,
      'rules/shops.json': files['rules/shops.json'].replace('["golf"]', '["gulf"]'),
    }),
  ).toMatchObject({
    code: 1,
    notes: [
      'labels.yml: is not read; labels belong in labels.yaml, or in files in labels/',
      'rules/clubs.yaml:2:9: rules[0].id: must be defined once, and "golf-clubs" is at rules[0] in rules.yaml too',
      'rules/old: is a folder; files belong in `rules` itself',
      'rules/shops.json:1:63: rules[0].give[0]: must be a known label, and `gulf` is not: did you mean `golf`?',
      'error: 4 faults in 4 files',
    ],
  });
});

test('every fault has its file, line and column, what is wrong, and the nearest name that exists', async () => {
  expect(
    await check({
      'catalogue.yaml': '# ours\ndisabled: [night-owl, pet-ovner]\nenabled:\n  - foodie\nprofile: []\n',
      'profiles/garden-lover.yaml': GARDEN_LOVER.replace('gardening.months', 'gardenning.months')
        .replace('gardening.count', 'gardening.counts')
        .replace('180d', '6 months'),
      'profiles/spender.yaml':
        'id: spender\ntitle: Spends\nenter:\n  all:\n    - feature: spending.total\n      window: 90d\n      atleast: 5\n',
      'profiles/twice.json': '{\n  "id": "twice",\n  "title": "Twice"\n',
      'profiles/other.yaml': GARDEN_LOVER,
    }),
  ).toEqual({
    code: 1,
    stdout: '',
    notes: [
      'catalogue.yaml:5:1: profile: must be a known field: did you mean `profiles`?',
      'profiles/garden-lover.yaml:6:18: enter.all[0].feature: must have a known label, and `gardenning` is not: did you mean `gardening`?',
      'profiles/garden-lover.yaml:7:18: enter.all[1].feature: must have a known metric, and `counts` is not: did you mean `count`?',
      'profiles/garden-lover.yaml:8:19: needs.history: must be a number of days such as 90d, and is "6 months"',
      'profiles/other.yaml:1:5: id: "garden-lover" must be the name of the file, which is "other"',
      'profiles/spender.yaml:1:1: description: must be given',
      'profiles/spender.yaml:7:7: enter.all[0].atleast: must be a known field: did you mean `atLeast`?',
      'profiles/twice.json:4:1: Flow map must end with a }',
      'error: 8 faults in 5 files',
    ],
  });
});

test('unknown names in the lists are reported when all files can be read', async () => {
  expect(
    await check({
      'catalogue.yaml': 'disabled: [night-owl, pet-ovner, garden-lover]\nenabled:\n  - foodie\n',
      'profiles/garden-lover.yaml': GARDEN_LOVER,
    }),
  ).toEqual({
    code: 1,
    stdout: '',
    notes: [
      'catalogue.yaml:1:23: disabled[1]: must be a known built-in profile, and `pet-ovner` is not: did you mean `pet-owner`?',
      'catalogue.yaml:1:34: disabled[2]: must be a known built-in profile, and `garden-lover` is not',
      'catalogue.yaml:3:5: enabled[0]: must be a sensitive profile: "foodie" is judged without being enabled',
      'error: 3 faults in 1 file',
    ],
  });
});

test('faults of the folder: one profile in two files, folders within, definitions in catalogue.yaml', async () => {
  expect(
    await check({
      'catalogue.yaml': 'profiles:\n  - id: x\n',
      'profiles/garden-lover.yaml': GARDEN_LOVER,
      'profiles/garden-lover.yml': GARDEN_LOVER,
      'profiles/more/x.yaml': GARDEN_LOVER,
    }),
  ).toEqual({
    code: 1,
    stdout: '',
    notes: [
      'catalogue.yaml:1:1: profiles: definitions belong in files of their own: profiles/<id>.yaml',
      expect.stringMatching(
        /^profiles\/garden-lover\.yml: defines the same profile as .*profiles\/garden-lover\.yaml$/,
      ),
      'profiles/more: is a folder; files belong in `profiles` itself',
      'error: 3 faults in 3 files',
    ],
  });
});

test('a file that blows up is a fault, not an end', async () => {
  const laughs = Array.from({ length: 9 }, (_, at) => `a${at}: &a${at} [${Array(9).fill(at ? `*a${at - 1}` : 'lol')}]`);
  const { code, notes } = await check({ 'catalogue.yaml': '', 'profiles/x.yaml': laughs.join('\n') });
  expect(code).toBe(1);
  expect(notes[0]).toMatch(/^profiles\/x\.yaml:1:1: Excessive alias count/);
});

test('nothing in a file drives the terminal', async () => {
  const { notes } = await check({ 'catalogue.yaml': '"\\e[2J\\u202e": 1\n' });
  const told = notes.join('');
  expect([told.includes('\u001b'), told.includes('\u202e'), told.includes('\ufffd[2J')]).toEqual([false, false, true]);
});

test('for continuous integration as JSON', async () => {
  const folder = folderOf({ 'catalogue.yaml': 'disabled: [pet-ovner]\n' });
  const { code, stdout } = await catalogue(['check', folder, '--json']);
  expect([code, JSON.parse(stdout)]).toEqual([
    1,
    {
      directory: folder,
      builtIn: expect.stringMatching(/^[0-9a-f]{12}$/),
      faults: [
        {
          file: join(folder, 'catalogue.yaml'),
          line: 1,
          column: 12,
          path: 'disabled[0]',
          message: 'must be a known built-in profile, and `pet-ovner` is not: did you mean `pet-owner`?',
        },
      ],
    },
  ]);
});

test('a folder that is no catalogue is wrong usage, and nothing is taken for empty', async () => {
  const folder = folderOf({ 'profiles/garden-lover.yaml': GARDEN_LOVER });
  expect(await catalogue(['check', folder])).toEqual({
    code: 2,
    stdout: '',
    stderr: `error: there is no ${folder}/catalogue.yaml\n  get the catalogue of your client first: owner-profiles catalogue pull own`,
  });
});

test('the schema of the files completes labels', async () => {
  const { code, stdout } = await catalogue(['schema']);
  const schema = JSON.parse(stdout);
  expect([code, Object.keys(schema.$defs), Object.keys(schema.properties)]).toEqual([
    0,
    ['definition', 'label', 'ownRule', 'rule', 'labels', 'rules'],
    ['profiles', 'disabled', 'enabled', 'labels', 'rules'],
  ]);
  expect(stdout).toContain('"gardening.months"');
});
