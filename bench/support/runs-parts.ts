/** Generated parts of docs/explanation/scaling.md: how large a client may be whose owners a preview or a replay visits. */

import type { SegmentUnits } from '../../functions/domain/costs/segment-cost.ts';
import { MOST_SLICES } from '../../functions/use-cases/runs/runs.ts';
import type { StageSettings } from '../../lib/stages.ts';
import type { Parts } from '../../tools/docs/generated.ts';
import { number, table } from './format.ts';

const CLIENTS = [1e5, 1e6, 1e7, 1e8];
/** For the function that visits a slice; it leaves the same again for owners with long histories. */
const SLICE_SECONDS = 150;
const READS_OF_A_TABLE = 40_000;

export function runsParts({ slices: { replay: counted } }: SegmentUnits, { replay }: StageSettings): Parts {
  const reads = counted.readUnits / counted.owners;
  const { maxConcurrency, ownersPerSecond, ownersPerSlice } = replay;
  const pace = maxConcurrency * ownersPerSecond;
  const bytes = JSON.stringify(Array.from({ length: MOST_SLICES }, (_, slice) => slice)).length;
  return {
    'run-pace': `${maxConcurrency} slices at a time at ${ownersPerSecond} owners a second each, ${number(pace)} owners a second`,
    runs: table(
      '| Owners of the client | Slices | Owners a slice | A slice takes | The run takes |',
      '|---:|---:|---:|---:|---:|',
      CLIENTS.map((owners) => {
        const slices = Math.min(MOST_SLICES, Math.ceil(owners / ownersPerSlice));
        const each = Math.ceil(owners / slices);
        return `| ${number(owners)} | ${number(slices)} | ${number(each)} | ${number(each / ownersPerSecond)} s | ${duration(owners / pace)} |`;
      }),
    ),
    'run-limits': table('| Limit | Value | Met by | What to turn |', '|---|---|---|---|', [
      `| What a state hands on | 256 KiB | the list of slices: ${number(MOST_SLICES)} of them take ${number(Math.ceil(bytes / 1024))} KiB of it, hence no more are planned | slices of larger clients are larger by themselves |`,
      `| Time of the function | 300 s | a slice of ${number(SLICE_SECONDS * ownersPerSecond)} owners takes half of it, so ${number(MOST_SLICES * SLICE_SECONDS * ownersPerSecond)} owners of one client | \`replay.ownersPerSecond\` |`,
      `| Reads of a table | 40,000 units a second | at ${number(reads)} units an owner of 500 rows, ${number(pace)} owners a second take ${number((100 * pace * reads) / READS_OF_A_TABLE)} % of it | \`replay.maxConcurrency\` |`,
      '| Children of a map at a time | 10,000 | never before the others | |',
      '| History of an execution | 25,000 events | never: each slice is its own execution, with a few events | |',
      '| Runs of one client | 3 previews at a time | the API refuses a fourth | |',
    ]),
  };
}

const duration = (seconds: number): string =>
  seconds < 120
    ? `${Math.round(seconds)} s`
    : seconds < 7200
      ? `${Math.round(seconds / 60)} min`
      : `${(seconds / 3600).toFixed(1)} h`;
