/** The sample owners have the profiles that samples/README.md promises, on the day that they were written for. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { preparedCatalogue } from '../../catalogue/build/prepared.ts';
import { inputOf } from '../../evaluation/scores/lives.ts';
import { openCatalogue } from '../../functions/domain/catalogue/catalogue.ts';
import { deriveProfiles } from '../../functions/domain/profiles/derive.ts';
import { parseDay } from '../../functions/domain/values/day.ts';
import { readSamples } from '../../local/samples.ts';

const SAMPLES = join(import.meta.dirname, '../../samples');
const builtIn = openCatalogue(preparedCatalogue());
const WRITTEN_FOR = parseDay('2026-11-20')!;

test('every sample owner has just the profiles of its line in the table', () => {
  const page = readFileSync(join(SAMPLES, 'README.md'), 'utf8');
  const promised = Object.fromEntries(
    [...page.matchAll(/^\| `([a-z]+-[a-z]{2})` +\| [A-Z]{2} +\| (.+?) +\|/gm)].map(([, owner, profiles]) => [
      owner,
      [...profiles!.matchAll(/`([a-z-]+)`/g)].map(([, profile]) => profile),
    ]),
  );
  const found = Object.fromEntries(
    readSamples(SAMPLES).map(({ ownerExternalId, files }) => {
      const messages = files.map((file) => JSON.parse(readFileSync(join(SAMPLES, file), 'utf8')));
      return [ownerExternalId, deriveProfiles(inputOf(builtIn, messages), WRITTEN_FOR)];
    }),
  );
  expect(found).toEqual(promised);
});
