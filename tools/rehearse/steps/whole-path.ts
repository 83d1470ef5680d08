import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { commandLineOf, type OwnCommandLine } from '../own-command-line.ts';
import type { Step } from '../step.ts';
import { deployedOf, type Stage, type World } from '../world.ts';

const CLIENT = 'rehearsal';
export const OWNER = 'anna-pl';
const ERASED = 'tomek-pl';
const SCOPES = 'read,write,erase,segments:read,export,catalogue:read,catalogue:write';
/** The day that the samples were written for. */
const AS_OF = ['--as-of', '2026-11-20'];
/** Exit codes of the command line (docs/reference/cli.md). */
const [NOT_FOUND, REFUSED] = [3, 4];

/** Everything that a client and an operator do, by our own command line, on both stages. */
export const wholePath: Step = {
  name: 'whole-path',
  needs: ['deploy', 'first'],
  async run(world) {
    let commands = 0;
    for (const stage of ['dev', 'prod'] as const) {
      await openClient(world, stage);
      const counting = counted(commandLineOf(world, stage));
      await importAndAsk(world, counting.cli);
      await visitAll(world, counting.cli);
      await eraseAndRevoke(world, stage, counting.cli);
      commands += counting.count();
    }
    return `${commands} commands on dev and prod: clients, keys, imports, look-ups, snapshot, replay, preview, erasure, doctor`;
  },
};

async function openClient(world: World, stage: Stage): Promise<void> {
  const cli = commandLineOf(world, stage);
  await cli.does('clients', 'create', CLIENT, '--name', 'Rehearsal');
  const { apiKey } = JSON.parse(await cli.does('keys', 'create', CLIENT, '--scopes', SCOPES, '--json'));
  world.deployed[stage] = { ...deployedOf(world, stage), key: apiKey };
}

async function importAndAsk({ root, folder }: World, cli: OwnCommandLine): Promise<void> {
  await cli.does('doctor');
  const samples = [`${OWNER}-1`, `${OWNER}-2`, `${ERASED}-1`, `${ERASED}-2`].map((name) =>
    join(root, 'samples', `${name}.json`),
  );
  await cli.does('import', ...samples, '--client', CLIENT, '--wait');
  const statement = join(root, 'samples/statement.sta');
  await cli.does('import', statement, '--owner', 'by-queue', '--client', CLIENT, '--wait');
  await cli.does('import', statement, '--owner', 'by-api', '--via', 'api', '--wait');
  await cli.does('import', largeImport(folder), '--client', CLIENT, '--wait');
  const profiles = await cli.does('get', OWNER, ...AS_OF);
  if (!profiles.includes('pet-owner')) throw new Error(`${OWNER} has no dog: ${profiles}`);
  const explained = await cli.does('explain', OWNER, '--profile', 'pet-owner', ...AS_OF);
  if (!explained.includes('pet-owner')) throw new Error(`nothing explains the dog: ${explained}`);
  await cli.does('get', OWNER, 'by-queue', 'by-api', 'large');
  await cli.does('history', OWNER);
  await cli.does('features', OWNER);
  await cli.does('transactions', 'large', '--limit', '1');
  await cli.does('dossier', OWNER, '--out', join(folder, 'dossiers'));
}

/** More than a queue takes: through the payload bucket. */
function largeImport(folder: string): string {
  const day = '2026-11-18';
  const row = (number: number) => ({
    bookedOn: day,
    currencyAmount: '-1.00',
    title: `ROW ${number} ${'x'.repeat(400)}`,
  });
  const account = {
    accountId: 'large',
    currencyName: 'EUR',
    transactions: Array.from({ length: 3000 }, (_, i) => row(i)),
  };
  const message = {
    type: 'owner-import',
    version: 1,
    clientId: CLIENT,
    importId: 'large-1',
    ownerExternalId: 'large',
    source: 'AIS',
    importedAt: `${day}T22:00:00Z`,
    accounts: [account],
  };
  const file = join(folder, 'large.json');
  writeFileSync(file, JSON.stringify(message));
  return file;
}

async function visitAll({ folder }: World, cli: OwnCommandLine): Promise<void> {
  await cli.does('snapshots', 'take');
  const segments = await cli.does('segments');
  if (!segments.includes('profile')) throw new Error(`no segments: ${segments}`);
  await cli.does('export', '--to', join(folder, 'export'));
  await cli.does('replay', '--all', '--yes');
  const own = join(folder, 'own');
  await cli.does('catalogue', 'pull', own, '--force');
  await cli.does('catalogue', 'preview', own);
  await cli.does('changes');
}

async function eraseAndRevoke(world: World, stage: Stage, cli: OwnCommandLine): Promise<void> {
  await cli.does('get', ERASED);
  await cli.does('erase', ERASED, '--yes');
  await cli.endsWith(NOT_FOUND, 'get', ERASED);
  const { keyId, apiKey } = JSON.parse(await cli.does('keys', 'create', CLIENT, '--json'));
  await cli.does('keys', 'revoke', keyId);
  await commandLineOf(world, stage, apiKey).endsWith(REFUSED, 'get', OWNER);
  await cli.does('failures', 'list');
  await cli.does('doctor');
}

function counted(cli: OwnCommandLine): { cli: OwnCommandLine; count: () => number } {
  let count = 0;
  const one =
    <Args extends unknown[], Answer>(call: (...args: Args) => Answer) =>
    (...args: Args): Answer => {
      count += 1;
      return call(...args);
    };
  return { cli: { does: one(cli.does), endsWith: one(cli.endsWith) }, count: () => count };
}
