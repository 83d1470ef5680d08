/** A client's own catalogue from the command line against the running service: as files, from pull to rollback. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ownerProfiles } from '../../cli/command-line.ts';
import { type Running, START_WITHIN_MS } from '../support/service.ts';

export function catalogueCommands(service: () => Running): void {
  const folder = mkdtempSync(join(tmpdir(), 'owner-profiles-own-'));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  const cli = (...args: string[]) => ownerProfiles(args, { env: { DATA_DIR: service().directory } });
  const catalogue = (command: string, ...args: string[]) => cli('catalogue', command, folder, ...args);

  test(
    'pulled, overridden, checked, previewed, published, rolled back',
    async () => {
      expect(await catalogue('pull')).toMatchObject({ code: 0, stdout: `new         ${folder}/catalogue.yaml\n` });
      expect(await catalogue('pull', '--built-in', 'pet-owner')).toMatchObject({ code: 0 });
      const file = join(folder, 'profiles/pet-owner.yaml');
      const builtIn = readFileSync(file, 'utf8');
      writeFileSync(file, builtIn.replace('window: 180d, atLeast: 3', 'window: 180d, atLeast: 300'));
      expect(await catalogue('check')).toMatchObject({ code: 0 });

      expect(await catalogue('publish', '--note', 'unseen')).toMatchObject({
        code: 1,
        stderr: expect.stringContaining('(PREVIEW_REQUIRED, '),
      });
      const preview = await catalogue('preview', '--json', '--fail-if-left-above', '99%');
      const { result, exceeded } = JSON.parse(preview.stdout);
      const petOwner = result.profiles.find(({ profile }: { profile: string }) => profile === 'pet-owner');
      expect(petOwner).toMatchObject({ after: 0, entered: 0, left: petOwner.before });
      expect([preview.code, exceeded]).toEqual([5, [{ profile: 'pet-owner', change: 'left', share: 1, limit: 0.99 }]]);

      const published = await catalogue('publish', '--note', 'nobody keeps three hundred', '--wait', '--json');
      expect([published.code, JSON.parse(published.stdout).replay]).toEqual([
        0,
        expect.objectContaining({ status: 'finished', owners: result.owners, rewritten: result.owners, failed: 0 }),
      ]);
      expect(await cli('catalogue', 'rollback', '--note', 'some do', '--wait')).toMatchObject({
        code: 0,
        stdout: expect.stringMatching(/^replay of built-in finished: \d+ of \d+ owners rewritten$/m),
      });
      expect(await catalogue('pull', '--force')).toMatchObject({ code: 0, stdout: `removed     ${file}\n` });
    },
    START_WITHIN_MS,
  );

  test(
    'an operator derives the answers of a client again, and they are as expected',
    async () => {
      const told = await cli('replay', '--client', 'demo', '--yes', '--json');
      const { replays } = JSON.parse(told.stdout);
      expect([told.code, replays]).toEqual([
        0,
        [
          {
            clientId: 'demo',
            runId: expect.any(String),
            replay: expect.objectContaining({ status: 'finished', rewritten: 0 }),
          },
        ],
      ]);
      expect(await cli('replay', '--all')).toMatchObject({
        code: 2,
        stderr: expect.stringContaining('confirm it with --yes'),
      });
      expect(await cli('replay')).toMatchObject({
        code: 2,
        stderr: expect.stringContaining('give --client ID, or --all'),
      });
      expect(await cli('replay', '--client', 'nobody', '--yes')).toMatchObject({ code: 3 });
    },
    START_WITHIN_MS,
  );
}
