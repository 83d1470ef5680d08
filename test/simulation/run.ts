/**
 * `npm run torture`: a nightly's worth of schedules, every small case, and the big and hot owners.
 * `npm run torture -- random --schedules 5000 --seed 7`, `-- replay --seed 7`, `-- cases`, `-- poison`, `-- big`,
 * and `-- mutants`: the protection of the laws is removed piece by piece, and schedules are played until one fails.
 */
import { bigAndHot } from './big.ts';
import { allCases, playCase } from './enumerate.ts';
import { playMutants } from './mutants.ts';
import { numbersFrom } from './options.ts';
import { playPoison } from './poison.ts';
import { drawFrom } from './random.ts';
import { type Outcome, playSchedule } from './schedule.ts';
import { silence } from './world.ts';

const print = (line: string) => process.stdout.write(`${line}\n`);
const EVERY_MS = 10_000;
const MOST_SHOWN = 5;

type Told = { readonly runs: number; readonly failed: number };

/** Runs all, reports progress every few seconds, and names each failure so that it can be run again. */
async function each<Case>(
  title: string,
  cases: Iterable<Case>,
  run: (one: Case) => Promise<string | undefined>,
  mostFailures = Number.POSITIVE_INFINITY,
) {
  const begun = performance.now();
  let shown = begun;
  const told = { runs: 0, failed: 0 };
  const tell = () => {
    const seconds = (performance.now() - begun) / 1000;
    print(`${title}: ${told.runs} in ${seconds.toFixed(0)} s, ${told.failed} failed`);
  };
  for (const one of cases) {
    const fault = await run(one);
    told.runs++;
    if (fault !== undefined && told.failed++ < MOST_SHOWN) print(fault);
    if (told.failed === mostFailures) break;
    if (performance.now() - shown < EVERY_MS) continue;
    shown = performance.now();
    tell();
  }
  tell();
  return told;
}

async function random(schedules: number, seed: number, mostFailures: number): Promise<Told> {
  const sums: Record<string, number> = {};
  const seeds = Iterator.from(Array.from({ length: schedules }, (_, index) => seed + index));
  const told = await each(
    `schedules from seed ${seed}`,
    seeds,
    async (one) => {
      try {
        const outcome = await playSchedule(drawFrom(one));
        for (const name of Object.keys(outcome) as (keyof Outcome)[]) sums[name] = (sums[name] ?? 0) + outcome[name];
        return undefined;
      } catch (error) {
        return `seed ${one} (npm run torture -- replay --seed ${one}): ${(error as Error).stack}`;
      }
    },
    mostFailures,
  );
  print(
    Object.entries(sums)
      .map(([name, sum]) => `${name} ${sum}`)
      .join(', '),
  );
  return told;
}

const cases = () =>
  each('small cases', allCases(), async (one) => {
    try {
      await playCase(one);
      return undefined;
    } catch (error) {
      return `${JSON.stringify(one)}: ${(error as Error).stack}`;
    }
  });

/** Each seed with one, two and three messages that kill their workers; only up to three are guaranteed to make no other a dead letter. */
async function poison(schedules: number, seed: number): Promise<Told> {
  const sums = { messages: 0, receives: 0, most: 0 };
  const seeds = Array.from({ length: schedules }, (_, index) => seed + index);
  const told = await each(`poison from seed ${seed}`, seeds, async (one) => {
    const { dead, messages, receives, most } = await playPoison(drawFrom(one), 1 + (one % 3));
    sums.messages += messages;
    sums.receives += receives;
    sums.most = Math.max(sums.most, most);
    return dead > 0 ? `seed ${one}: ${dead} dead letters that did nothing` : undefined;
  });
  print(`${sums.messages} others in ${sums.receives} receives, at most ${sums.most} for one`);
  return told;
}

const [mode, ...rest] = process.argv.slice(2);
const named = mode?.startsWith('--') ? undefined : mode;
const options = numbersFrom(named === undefined && mode ? [mode, ...rest] : rest, {
  schedules: 100_000,
  seed: Math.floor(Date.now() / 1000),
  failures: 1_000_000,
});
silence();
print(`seed ${options.seed}`);
const results: Told[] = [];
if (named === 'replay') results.push(await random(1, options.seed, 1));
else if (named === 'mutants') results.push(playMutants(options, print));
else {
  if (named === undefined || named === 'cases') results.push(await cases());
  if (named === undefined || named === 'random')
    results.push(await random(options.schedules, options.seed, options.failures));
  if (named === undefined || named === 'poison')
    results.push(await poison(Math.ceil(options.schedules / 50), options.seed));
  if (named === undefined || named === 'big') results.push(await bigAndHot(print));
}
if (results.some(({ failed }) => failed > 0)) process.exitCode = 1;
