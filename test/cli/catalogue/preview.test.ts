import { join } from 'node:path';
import { builtInCatalogue } from '../../../cli/catalogue/built-in.ts';
import { NO_AMENDMENT } from '../../../functions/domain/catalogue/amendment.ts';
import { until } from '../../e2e/support/until.ts';
import { ownerProfiles } from '../command-line.ts';
import { catalogue, filesIn, folderOf, GARDEN_LOVER, write } from './files.ts';
import { FED, FILES, GARDENERS, settle } from './owners.ts';
import { day, startWorld } from './world.ts';

let world: Awaited<ReturnType<typeof startWorld>>;
beforeAll(async () => {
  world = await startWorld(await builtInCatalogue());
  await settle(world);
});
afterAll(() => world.close());
beforeEach(async () => {
  // Each test starts with a draft that changes nothing.
  await world.drafts.replace(await world.drafts.as('colleague'), NO_AMENDMENT);
  world.asked();
});

const preview = (args: string[], key: 'analyst' | 'colleague' | 'reader' = 'analyst') =>
  catalogue(['preview', ...args], world.as(key), world.clock);
const started = () => world.asked().filter((asked) => asked === 'POST /v1/catalogue/previews').length;
const withoutIds = (text: string) =>
  text
    .replace(/\d{4}-\d\d-\d\dT[\d:.]+Z/g, 'AT')
    .replace(/\b[0-9A-Z]{26}\b/g, 'ID')
    .replace(/\b[0-9a-f]{12}\b/g, 'VERSION');

const TABLE = [
  '┌──────────────┬─────────┬─────────┬─────────┬─────────┬─────────┬───────────┬─────────────────┐',
  '│ profile      │ before  │ after   │ of all  │ entered │ left    │ change    │ too little data │',
  '├──────────────┼─────────┼─────────┼─────────┼─────────┼─────────┼───────────┼─────────────────┤',
  '│ garden-lover │       0 │       3 │  42.9 % │       3 │       0 │       new │ 4               │',
  '│ pet-owner    │       4 │       0 │   0.0 % │       0 │       4 │  -100.0 % │                 │',
  '└──────────────┴─────────┴─────────┴─────────┴─────────┴─────────┴───────────┴─────────────────┘',
  '31 more stay as they are',
];

describe('a preview', () => {
  test('puts the files into the draft, shows the cost, and who would enter and leave what', async () => {
    const folder = folderOf(FILES);
    const { code, stdout, stderr } = await preview([folder]);
    expect({ code, stdout: stdout.split('\n') }).toEqual({ code: 0, stdout: TABLE });
    expect(withoutIds(stderr).split('\n')).toEqual([
      'previewing 7 owners, less than 0.01 USD',
      `7 owners as of ${day(0)}, from VERSION to VERSION.VERSION, preview ID`,
    ]);
    const { version, previewed } = await world.drafts.read(await world.drafts.as('analyst'));
    expect(stderr).toContain(`.${version}, preview ${previewed}`);
    expect(filesIn(folder)).toEqual({ ...FILES, '.draft': `${version}\n`, '.gitignore': '.draft\n' });
  });

  test('of the same day and the same files is not made twice, unless asked for', async () => {
    const folder = folderOf(FILES);
    await preview([folder]);
    const first = started();
    const again = await preview([folder]);
    expect([first <= 2, started(), again.code]).toEqual([true, 0, 0]);
    expect(withoutIds(again.stderr)).toContain(
      'previewed already at AT: this is what it found; --again starts a new one',
    );
    await preview([folder, '--again']);
    expect(started()).toBe(2);
  });

  test('lists the owners of a profile, as many as are wanted', async () => {
    const folder = folderOf(FILES);
    const all = await preview([folder, '--owners', 'garden-lover']);
    const [, lists = '', near = ''] = all.stdout.split(/as they are\n\n|\n\n(?=closest)/);
    expect(near.split('\n')).toEqual([
      'closest to a threshold of garden-lover',
      '┌────┬──────────┬──────────────────────┬───────┬───────┐',
      '│    │ owner    │ decided by           │ value │ asked │',
      '├────┼──────────┼──────────────────────┼───────┼───────┤',
      ...GARDENERS.map((owner) => `│ in │ ${owner} │ gardening.count 365d │ 8     │ ≥ 6   │`),
      '└────┴──────────┴──────────────────────┴───────┴───────┘',
    ]);
    expect(lists.split('\n').sort()).toEqual(['  garden-1', '  garden-2', '  garden-3', 'entered (3)', 'left (0)']);
    const some = await preview([folder, '--owners', 'pet-owner', '--limit', '3']);
    const outside = some.stdout.split('\n').filter((line) => line.startsWith('│ out'));
    expect(outside).toEqual([
      ...FED.map((owner) => `│ out │ ${owner}    │ pets|veterinary.count 180d │ 6     │ ≥ 40  │`),
      ...GARDENERS.map((owner) => `│ out │ ${owner} │ pets|veterinary.count 180d │ 0     │ ≥ 40  │`),
    ]);
    expect(some.stdout).toMatch(
      /left \(4\)\n( {2}fed-\d\n){3}and 1 more; --limit shows more\n\nclosest to a threshold of pet-owner\n/,
    );
  });

  test('explains both sides of what changes for an owner, and shows the transactions behind it', async () => {
    const { stdout } = await preview([folderOf(FILES), '--explain', 'garden-1']);
    const [, text = ''] = stdout.split('as they are\n\n');
    expect(text.split('\n').slice(0, 9)).toEqual([
      'before  home-improver',
      'after   garden-lover, home-improver',
      '',
      'garden-lover: entered',
      expect.stringMatching(/^before +│ after$/),
      expect.stringMatching(
        /^is not in this catalogue │ ✓ garden-lover \(Loves the garden\): applies since \S+, last qualified on \S+, it ends on \S+ without new data$/,
      ),
      expect.any(String),
      expect.stringMatching(/^ +│ +needs$/),
      expect.stringMatching(/^ +│ +✓ owner.history: 256 ≥ 180 on /),
    ]);
    expect(text).toMatch(/-24\.90 EUR │ DEHNER GARTENCENTER\s+│ gardening \(\w+ .+\)/);
    expect(text).toContain('\n  behind gardening.months over 365d\n');
    expect(text.match(/DEHNER/g)).toHaveLength(8);
    expect(text).not.toContain('rests on');
  });

  test('of an owner whose profiles stay says so, of an unknown one too', async () => {
    const folder = folderOf({ 'catalogue.yaml': '', 'profiles/garden-lover.yaml': GARDEN_LOVER });
    const { stdout } = await preview([folder, '--explain', 'fed-1']);
    expect(stdout).toContain('no profile of this owner changes\n\ngarden-lover: still does not apply\n');
    expect(stdout).toContain('missing: 19 more days of data');
    expect(await preview([folder, '--explain', 'nobody'])).toMatchObject({
      code: 3,
      stderr: expect.stringContaining('(OWNER_NOT_FOUND, request '),
    });
    expect(await preview([folder, '--explain', '..'])).toMatchObject({ code: 2 });
  });

  test('has a row for every new profile, also for one that nobody gets, and says how many are not judged', async () => {
    const strict = GARDEN_LOVER.replace('atLeast: 6', 'atLeast: 600').replace('180d', '250d');
    const { stdout } = await preview([folderOf({ 'catalogue.yaml': '', 'profiles/garden-lover.yaml': strict })]);
    expect(stdout.split('\n').slice(3)).toEqual([
      '│ garden-lover │       0 │       0 │   0.0 % │       0 │       0 │       new │ 4               │',
      expect.stringMatching(/^└/),
      'no profile changes for any owner',
    ]);
  });

  test('as JSON is the answer of the service, with what it exceeds', async () => {
    const { code, stdout } = await preview([
      folderOf(FILES),
      '--json',
      '--fail-if-left-above',
      '2%',
      '--owners',
      'garden-lover',
    ]);
    const { status, result, exceeded, lists, near } = JSON.parse(stdout);
    expect([code, status, result.owners, exceeded, lists.entered.total, near.inside.length]).toEqual([
      5,
      'finished',
      7,
      [{ profile: 'pet-owner', change: 'left', share: 1, limit: 0.02 }],
      3,
      3,
    ]);
  });
});

describe('limits', () => {
  test.each([
    [['--fail-if-left-above', '2%'], 5, 'pet-owner: 100 % left, more than the 2 % allowed'],
    [['--fail-if-left-above', '2%', '--fail-if-left-above', 'pet-owner=100%'], 0, ''],
    [['--fail-if-left-above', 'garden-lover=1%'], 0, ''],
    [['--fail-if-entered-above', '1%'], 0, 'garden-lover: has no members now, so only its own limit applies'],
    [['--fail-if-entered-above', 'garden-lover=42%'], 5, 'garden-lover: 42.86 % entered, more than the 42 % allowed'],
    [['--fail-if-entered-above', 'garden-lover=43%'], 0, ''],
    [['--fail-if-left-above', 'gardenlover=1%'], 2, 'there is no profile gardenlover\n  did you mean garden-lover?'],
    [['--fail-if-left-above', '2'], 2, 'write a share as 2%, or of one profile as pet-owner=2%.'],
  ])('%j', async (args, code, note) => {
    const told = await preview([folderOf(FILES), ...args]);
    expect(told).toMatchObject({ code, stderr: expect.stringContaining(note) });
    expect(told.stderr.includes('allowed')).toBe(code === 5);
  });

  test('one that costs too much is not started', async () => {
    const told = await preview([folderOf(FILES), '--again', '--max-cost', '0']);
    expect([told.code, told.stdout, started()]).toEqual([5, '', 1]);
    expect(told.stderr).toContain('more than the 0 USD allowed\n  nothing was started; --max-cost allows more');
  });
});

describe('the draft of somebody else', () => {
  const THEIRS = { ...NO_AMENDMENT, disabled: ['night-owl'] };

  test('is not overwritten, until that is wanted', async () => {
    await world.drafts.replace(await world.drafts.as('colleague'), THEIRS);
    const folder = folderOf(FILES);
    const refused = await preview([folder]);
    expect(refused.code).toBe(1);
    expect(withoutIds(refused.stderr)).toBe(
      'the draft has changes that this folder has not seen, made by key colleague at AT:\n' +
        '  added    disabled.night-owl\n' +
        'error: the draft was left as it is\n' +
        '  see it: owner-profiles catalogue pull --draft OTHER_DIR; or overwrite it: --replace-draft',
    );
    expect((await world.drafts.read(await world.drafts.as('analyst'))).amendment).toEqual(THEIRS);
    expect((await preview([folder, '--replace-draft'])).code).toBe(0);
  });

  test('one that this folder put or pulled is its own', async () => {
    const folder = folderOf(FILES);
    await preview([folder]);
    write(folder, 'catalogue.yaml', 'disabled: [night-owl]\n');
    expect((await preview([folder])).code).toBe(0);
    expect(filesIn(folder)['.draft']).toBe(`${(await world.drafts.read(await world.drafts.as('analyst'))).version}\n`);
  });
});

test('faults end it before anything is asked', async () => {
  const told = await preview([folderOf({ ...FILES, 'catalogue.yaml': 'disabled: [nobody]' })]);
  expect([told.code, world.asked()]).toEqual([1, []]);
  expect(told.stderr).toContain(
    'catalogue.yaml:1:12: disabled[0]: must be a known built-in profile, and `nobody` is not',
  );
});

test('Ctrl-C cancels it', async () => {
  const folder = folderOf({ 'catalogue.yaml': 'disabled: [pet-owner]\n' });
  world.machine.hold();
  const running = () =>
    until('a preview to be looked at', () => world.asked().some((asked) => /GET .*previews\/\w+/.test(asked)));
  const told = await ownerProfiles(['catalogue', 'preview', folder], {
    env: world.as('analyst'),
    interruptWhen: running,
  });
  world.machine.release();
  expect(told).toMatchObject({
    code: 1,
    stderr: expect.stringContaining('cancelling the preview\nerror: the preview was cancelled'),
  });
  const { stdout } = await catalogue(['status', join(folder, 'none'), '--json'], world.as('analyst'), world.clock);
  expect(JSON.parse(stdout).running.previews).toEqual([]);
});
