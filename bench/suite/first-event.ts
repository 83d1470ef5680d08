/** The first import of a fresh process: loading the code, the catalogue, and everything before it is compiled. */
import { writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { bundle, scratch } from '../support/bundle.ts';
import { child } from '../support/children.ts';
import { type Figure, type Progress, ratio } from '../support/figures.ts';
import { deployedFolder } from '../support/functions.ts';
import { spreadOf } from '../support/measure.ts';
import { LAST_DAY, messageOf, NOW, SEED, transactionsOf } from '../support/owners.ts';

const ROUNDS = 15;
const PHASES = ['code loaded', 'catalogue loaded', 'first import of 50 rows', 'second import'];

export async function measureFirstEvent(progress: Progress): Promise<{ figures: Figure[]; notes: string[] }> {
  const { file } = bundle('bench/children/first-event.ts', 'first-event', {
    banner: { js: 'globalThis.begunAt=performance.now();' },
  });
  const folder = dirname(file);
  const catalogue = deployedFolder('import-worker');
  const bodies = join(folder, 'bodies.ndjson');
  const rows = transactionsOf({ rows: 100, seed: SEED });
  const told = [rows.slice(0, 50), rows.slice(50)].map((part, n) =>
    messageOf(part, { importId: `first-${n}`, to: part.at(-1)?.day ?? LAST_DAY }),
  );
  writeFileSync(bodies, told.map((message) => JSON.stringify(message)).join('\n'));
  const empty = join(scratch('first-event'), 'empty.cjs');
  writeFileSync(empty, '');

  const phases: number[][] = [];
  const wall: number[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    const bare = await child([empty]);
    const own = await child([file, catalogue, bodies, String(NOW), String(LAST_DAY)]);
    phases.push(JSON.parse(own.printed) as number[]);
    wall.push(own.wall / bare.wall);
    progress(`first event: process ${round + 1} of ${ROUNDS}`);
  }
  const until = (phase: number) => spreadOf(phases.map((times) => times.slice(0, phase + 1).reduce((a, b) => a + b)));
  return {
    figures: [
      ...PHASES.map((phase, index) =>
        ratio(`fresh process: ${phase}`, 'ms', spreadOf(phases.map((times) => times[index]!))),
      ),
      ratio('fresh process: first event, our own code', 'ms', until(2), { atMost: 40 }),
      ratio('fresh process: its whole life with two imports', '× an empty Node process', spreadOf(wall)),
    ],
    notes: [
      `${ROUNDS} fresh processes in turns with empty ones; the times of a fresh process are times, and so of this machine.`,
    ],
  };
}
