import { join } from 'node:path';
import { builtInCatalogue } from '../../../cli/catalogue/built-in.ts';
import { NO_AMENDMENT } from '../../../functions/domain/catalogue/amendment.ts';
import { until } from '../../e2e/support/until.ts';
import { ownerProfiles } from '../command-line.ts';
import { catalogue, filesIn, folderOf, GARDEN_LOVER, type Told } from './files.ts';
import { FILES, settle } from './owners.ts';
import { startWorld } from './world.ts';

type World = Awaited<ReturnType<typeof startWorld>>;
let world: World;
beforeEach(async () => {
  world = await startWorld(await builtInCatalogue());
});
afterEach(() => world.close());

const run = (...args: string[]) => catalogue(args, world.as('analyst'), world.clock);
const AT = /\d{4}-\d\d-\d\dT[\d:.]+Z/g;
const masked = ({ code, stdout, stderr }: Told) => ({ code, stdout: mask(stdout), stderr: mask(stderr) });
const mask = (text: string) => text.replace(AT, 'AT').replace(/\b[0-9a-f]{12}\b/g, 'VERSION');
const activeVersion = async () => JSON.parse((await run('status', '/none', '--json')).stdout).active.version as string;
/** A publication takes effect once the caches of all servers have expired. */
const holds = async (version: string) => {
  world.pass();
  expect(await activeVersion()).toBe(version);
};

const GARDEN = { 'catalogue.yaml': '', 'profiles/garden-lover.yaml': GARDEN_LOVER };
const OWL = { 'catalogue.yaml': 'disabled: [night-owl]\n' };

test('what was not previewed is not published, unless forced', async () => {
  const folder = folderOf(GARDEN);
  const refused = await run('publish', folder, '--note', 'gardens');
  expect(refused).toMatchObject({ code: 1, stdout: '' });
  expect(refused.stderr).toMatch(
    /\(PREVIEW_REQUIRED, request [-0-9a-f]+\)\n {2}preview it first: owner-profiles catalogue preview; or publish it unseen: --force$/,
  );
  const forced = await run('publish', folder, '--note', 'gardens', '--force', '--wait');
  expect(masked(forced)).toEqual({
    code: 0,
    stdout: 'replay of VERSION finished: 0 of 0 owners rewritten',
    stderr: 'published VERSION in place of built-in; it is active from AT',
  });
});

test('what was previewed is published, once, and rewrites the answers of all owners', async () => {
  await settle(world);
  const folder = folderOf(FILES);
  await run('preview', folder);
  const published = await run('publish', folder, '--note', 'gardens', '--wait');
  expect(masked(published)).toMatchObject({ code: 0, stdout: 'replay of VERSION finished: 7 of 7 owners rewritten' });
  expect(await run('publish', folder, '--note', 'gardens')).toMatchObject({
    code: 0,
    stdout: expect.stringMatching(/^[0-9a-f]{12} is already published$/),
  });
});

test('the content of the folder is published, even if somebody edits the draft meanwhile', async () => {
  const folder = folderOf(GARDEN);
  await run('preview', folder);
  const { version } = await world.drafts.read(await world.drafts.as('analyst'));
  await world.drafts.replace(await world.drafts.as('colleague'), {
    ...NO_AMENDMENT,
    disabled: ['night-owl'],
  });
  expect((await run('publish', folder, '--note', 'gardens')).code).toBe(1);
  const told = await run('publish', folder, '--note', 'gardens', '--replace-draft', '--json');
  expect([told.code, JSON.parse(told.stdout).version]).toEqual([0, version]);
});

test('Ctrl-C ends the waiting, not the replay', async () => {
  await settle(world);
  const folder = folderOf(GARDEN);
  world.machine.hold();
  const waiting = () =>
    until('the replay to be looked at', () => world.asked().some((asked) => /GET .*publications\/\w+/.test(asked)));
  const told = await ownerProfiles(['catalogue', 'publish', folder, '--note', 'x', '--force', '--wait'], {
    env: world.as('analyst'),
    interruptWhen: waiting,
  });
  expect(told).toMatchObject({ code: 0, stderr: expect.stringContaining('the replay continues in the background') });
  world.machine.release();
  await until('the replay to finish', async () => {
    const { stdout } = await run('status', '/none', '--json');
    return JSON.parse(stdout).running.replays.length === 0;
  });
});

describe('versions', () => {
  test('a rollback takes back the last publication, even before it holds; a named version comes back', async () => {
    expect(await run('rollback', '--note', 'x')).toMatchObject({
      code: 3,
      stderr: expect.stringContaining('nothing was published yet'),
    });
    await run('publish', folderOf(GARDEN), '--note', 'gardens', '--force');
    const gardens = (await world.drafts.read(await world.drafts.as('analyst'))).version;
    await holds(gardens);
    await run('publish', folderOf(OWL), '--note', 'no owls', '--force', '--replace-draft');
    const owls = (await world.drafts.read(await world.drafts.as('analyst'))).version;
    expect((await run('status', '/none')).stdout).toMatch(new RegExp(`^coming   ${owls}, active from .*$`, 'm'));

    const back = await run('rollback', '--note', 'owls were missed');
    expect(back.stderr).toMatch(new RegExp(`^published ${gardens} in place of `));
    await holds(gardens);
    expect(await run('rollback', owls, '--note', 'no owls after all')).toMatchObject({ code: 0 });
    await holds(owls);
    expect(await run('rollback', '--note', 'and back')).toMatchObject({ code: 0 });
    await holds(gardens);

    const { stdout } = await run('versions');
    expect(
      mask(stdout)
        .split('\n')
        .filter((line) => line.includes('│')),
    ).toEqual([
      expect.stringMatching(/version +│ published +│ key +│ note +│ active/),
      expect.stringMatching(/VERSION +│ AT +│ analyst +│ and back +│ ✓ /),
      expect.stringMatching(/VERSION +│ AT +│ analyst +│ no owls after all +│ {8}/),
      expect.stringMatching(/built-in +│ – +│ – +│ +│ {8}/),
    ]);
    expect(await run('rollback', 'ffffffffffff', '--note', 'x')).toMatchObject({
      code: 3,
      stderr: expect.stringContaining('see `owner-profiles catalogue versions`'),
    });
  });

  test('an old one, the draft and the active one become files; what would be lost is asked for', async () => {
    const folder = folderOf();
    expect(await run('pull', folder)).toEqual({
      code: 0,
      stdout: `new         ${folder}/catalogue.yaml`,
      stderr: '',
    });
    expect(await run('pull', folder)).toMatchObject({ stdout: `${folder} says what built-in says` });
    expect(Object.keys(filesIn(folder))).toEqual(['catalogue.schema.json', 'catalogue.yaml']);

    await run('publish', folderOf(GARDEN), '--note', 'gardens', '--force');
    const gardens = (await world.drafts.read(await world.drafts.as('analyst'))).version;
    await holds(gardens);
    const ours = folderOf({ ...GARDEN, 'profiles/garden-lover.yaml': `# Asked for by marketing.\n${GARDEN_LOVER}` });
    expect(await run('pull', ours)).toMatchObject({ code: 0, stdout: `${ours} says what ${gardens} says` });
    expect(filesIn(ours)['profiles/garden-lover.yaml']).toBe(`# Asked for by marketing.\n${GARDEN_LOVER}`);

    const before = filesIn(ours);
    expect(await run('pull', ours, '--version', 'built-in')).toEqual({
      code: 1,
      stdout: '',
      stderr:
        `removed     ${ours}/profiles/garden-lover.yaml\n` +
        'error: a file says something else; nothing was written\n' +
        '  commit what you want to keep, then repeat it with --force',
    });
    expect(await run('pull', ours, '--version', 'built-in', '--dry-run')).toMatchObject({ code: 0 });
    expect(filesIn(ours)).toEqual(before);
    expect(await run('pull', ours, '--version', 'built-in', '--force')).toMatchObject({ code: 0 });
    expect(Object.keys(filesIn(ours))).toEqual(['catalogue.schema.json', 'catalogue.yaml']);

    await world.drafts.replace(await world.drafts.as('colleague'), {
      ...NO_AMENDMENT,
      disabled: ['night-owl'],
    });
    expect((await run('pull', ours, '--draft', '--force')).stdout).toBe(`overwritten ${ours}/catalogue.yaml`);
    // This folder has seen the draft that was pulled.
    expect((await run('preview', ours)).code).toBe(0);
  });
});

test('the status names what is active, what the draft changes, and what the folder says', async () => {
  const folder = folderOf(GARDEN);
  expect(mask((await run('status', folder)).stdout).split('\n')).toEqual([
    'active   built-in, never published',
    '         catalogue VERSION',
    'draft    as the active one',
    `folder   ${folder} says something else`,
  ]);
  await run('preview', folder);
  expect(mask((await run('status', folder)).stdout).split('\n')).toEqual([
    'active   built-in, never published',
    '         catalogue VERSION',
    expect.stringMatching(/^draft {4}VERSION, changed AT by analyst, previewed \(\w{26}\)$/),
    '         added    profiles.garden-lover',
    `folder   ${folder} says what is draft`,
  ]);
});

describe('a built-in definition', () => {
  test('is copied with its reasons, to be changed', async () => {
    const folder = folderOf();
    expect(await run('pull', folder, '--built-in', 'pet-owner')).toMatchObject({
      code: 0,
      stdout: `new         ${folder}/catalogue.yaml\nnew         ${folder}/profiles/pet-owner.yaml`,
    });
    const text = filesIn(folder)['profiles/pet-owner.yaml'] ?? '';
    expect(text).toMatch(
      /^# yaml-language-server: \$schema=\.\.\/catalogue\.schema\.json#\/\$defs\/definition\nid: pet-owner\n/,
    );
    expect(text).toContain('why: >-');
    expect((await run('check', folder)).code).toBe(0);
    expect((await run('pull', folder, '--built-in', 'pet-owner')).stdout).toBe(
      `${folder}/profiles/pet-owner.yaml is the built-in definition`,
    );
  });

  test('that does not exist has a nearest name', async () => {
    expect(await run('pull', folderOf(), '--built-in', 'pet-ovner')).toMatchObject({
      code: 3,
      stderr: 'error: there is no built-in profile pet-ovner; did you mean pet-owner?',
    });
  });

  test('nothing is written among definitions that are no client’s', async () => {
    const folder = folderOf({ 'profiles/garden-lover.yaml': GARDEN_LOVER });
    for (const args of [[], ['--built-in', 'pet-owner']]) {
      expect(await run('pull', folder, ...args)).toMatchObject({
        code: 2,
        stderr: expect.stringContaining('contains definitions, but no catalogue.yaml'),
      });
    }
    expect(Object.keys(filesIn(folder))).toEqual([join('profiles', 'garden-lover.yaml')]);
  });
});

test.each([
  [['publish', 'x'], "required option '--note <text>' not specified"],
  [['publish', 'x', '--note', ' '], 'write 1 to 500 characters.'],
  [['pull', 'x', '--draft', '--version', 'y'], '--draft, --version and --built-in exclude each other'],
  [['preview', 'x', '--max-cost', 'much'], 'write an amount in USD, such as 5 or 0.50.'],
])('%j is wrong usage', async (args, text) => {
  expect(await run(...args)).toMatchObject({ code: 2, stderr: expect.stringContaining(text) });
});
