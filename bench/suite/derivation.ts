/** The cost of each step of an import, against JSON.parse of the same import, which measures the size of the work. */
import { encodePage } from '../../functions/adapters/owners/page-codec.ts';
import type { Catalogue } from '../../functions/domain/catalogue/catalogue.ts';
import { LONGEST_HOLD } from '../../functions/domain/catalogue/definition.ts';
import { columnsOf } from '../../functions/domain/features/columns.ts';
import { labelRows } from '../../functions/domain/labels/label-rows.ts';
import { joinPages } from '../../functions/domain/ledger/page.ts';
import { derive, deriveProfiles } from '../../functions/domain/profiles/derive.ts';
import { HORIZON, judge } from '../../functions/domain/profiles/judge.ts';
import { another } from '../support/catalogue.ts';
import { distinctOwners } from '../support/distinct-owners.ts';
import { type Bench, type Figure, ratio } from '../support/figures.ts';
import { withFullRows } from '../support/full-rows.ts';
import { importOf, inputOf } from '../support/inputs.ts';
import { collectYoungGarbage, medianOf, ratioOf, ratioOfSum, type Times } from '../support/measure.ts';
import { LAST_DAY } from '../support/owners.ts';
import { measureFirstEvent } from './first-event.ts';

/** Rows as in the lives, and with all the fields that banks send. */
const SIZES = [
  { rows: 100, isFull: false },
  { rows: 1_000, isFull: false },
  { rows: 1_000, isFull: true },
  { rows: 10_000, isFull: false },
];
/** Until the engine has compiled the hot code, so that its compiling does not count as ours: a worker processes imports all day. */
const WARM_UP_ROUNDS = 3;
const ROUNDS = 9;
const ROWS_OF_ROUND = 8_000;
const NO_BOUNDS = { erasedAt: 0, firstMonth: 0 };
const OURS = ['label', 'fold', 'classify', 'date'];

/** An import as in the worker, from the text to the pages and the profiles, without a table. */
function importInMemory(body: string, catalogue: Catalogue) {
  const told = importOf(JSON.parse(body));
  const { pages, changed } = joinPages([], [told], NO_BOUNDS);
  const encoded = changed.map(encodePage);
  return { encoded, ...derive(inputOf(pages, catalogue), LAST_DAY) };
}

/**
 * The steps one by one, each with the result of the one before, and the whole. The service caches what it has read: so each round
 * has new rows, and each contestant that labels has its own catalogue, and so its own cache.
 */
export function stepsOf(rows: number, isFull = false) {
  const perRound = Math.max(1, Math.round(ROWS_OF_ROUND / rows));
  const plain = distinctOwners(perRound * (WARM_UP_ROUNDS + ROUNDS), rows);
  const messages = isFull ? plain.map(withFullRows) : plain;
  const catalogues = { prepared: another(), label: another(), derive: another(), together: another() };
  const contestants = (round: number) => {
    const owners = messages.slice(round * perRound, (round + 1) * perRound).map((message) => {
      const told = importOf(message);
      const { pages, changed } = joinPages([], [told], NO_BOUNDS);
      const input = inputOf(pages, catalogues.prepared);
      const labelled = labelRows(input.rows, catalogues.prepared);
      const alone = deriveProfiles(input, LAST_DAY).join();
      if (alone !== derive(input, LAST_DAY).profiles.join()) throw new Error('the steps and the whole differ');
      return { body: JSON.stringify(message), message, told, changed, pages, input, labelled };
    });
    type Owner = (typeof owners)[number];
    const all = (step: (owner: Owner) => unknown) => () => {
      for (const owner of owners) step(owner);
    };
    const columns = ({ labelled, input }: Owner) => columnsOf(labelled, input.dataFrom, input.catalogue);
    const judged = (owner: Owner, ahead: number) =>
      judge(owner.input.definitions, columns(owner), LAST_DAY - LONGEST_HOLD + 1, LAST_DAY + ahead);
    return {
      parse: all(({ body }) => JSON.parse(body)),
      validate: all(({ message }) => importOf(message)),
      join: all(({ told }) => joinPages([], [told], NO_BOUNDS)),
      label: all(({ input }) => labelRows(input.rows, catalogues.label)),
      fold: all(columns),
      'classify and fold': all((owner) => judged(owner, 0)),
      'date, classify and fold': all((owner) => judged(owner, HORIZON)),
      encode: all(({ changed }) => changed.map(encodePage)),
      derive: all(({ pages }) => derive(inputOf(pages, catalogues.derive), LAST_DAY)),
      // Its rows were labelled with this catalogue just before.
      'derive, remembered': all(({ pages }) => derive(inputOf(pages, catalogues.prepared), LAST_DAY)),
      together: all(({ body }) => importInMemory(body, catalogues.together)),
    };
  };
  const bytes = Buffer.byteLength(JSON.stringify(messages[0]));
  return { contestants, bytes, owners: messages.length, perRound };
}

/** Each round once. */
function measure(contestantsOf: ReturnType<typeof stepsOf>['contestants'], onRound: (round: number) => void): Times {
  const times = new Map<string, number[]>();
  for (let round = 0; round < WARM_UP_ROUNDS + ROUNDS; round++) {
    const contestants = Object.entries(contestantsOf(round));
    for (const [name, run] of round % 2 === 0 ? contestants : contestants.toReversed()) {
      collectYoungGarbage();
      const begun = process.cpuUsage();
      run();
      const { user, system } = process.cpuUsage(begun);
      if (round >= WARM_UP_ROUNDS) times.set(name, [...(times.get(name) ?? []), (user + system) / 1000]);
    }
    onRound(round);
  }
  return times;
}

export const bench: Bench = {
  name: 'derivation',
  title: 'Derivation: the steps of one import, against JSON.parse of it',
  async run(progress) {
    const figures: Figure[] = [];
    const notes: string[] = [];
    const bars: { label: string; value: number; low: number; high: number; ours?: boolean }[] = [];
    for (const { rows, isFull } of SIZES) {
      const size = `${rows} ${isFull ? 'full rows' : 'rows'}`;
      progress(`${size}: owners`);
      const { bytes, contestants, owners, perRound } = stepsOf(rows, isFull);
      const times = measure(contestants, (round) =>
        progress(`${size}: round ${round + 1} of ${WARM_UP_ROUNDS + ROUNDS}`),
      );
      const against = (name: string) => ratioOf(times, name, 'parse');
      const unit = '× JSON.parse';
      figures.push(
        ...['validate', 'join', 'label', 'fold'].map((name) => ratio(`${size}: ${name}`, unit, against(name))),
        ratio(`${size}: classify`, unit, less(times, 'classify and fold', 'fold')),
        ratio(`${size}: date`, unit, less(times, 'date, classify and fold', 'classify and fold')),
        ratio(`${size}: encode`, unit, against('encode')),
        ratio(`${size}: ${OURS.join(' + ')}`, unit, against('derive'), isFull ? { atMost: 3 } : undefined),
        ratio(`${size}: ${OURS.join(' + ')}, of rows met before`, unit, against('derive, remembered')),
        ratio(`${size}: the whole import in memory`, unit, against('together')),
      );
      bars.push({ label: `${size}: derive`, ...bar(against('derive')), ours: true });
      bars.push({ label: `${size}: whole import`, ...bar(against('together')), ours: true });
      const ms = medianOf(times, 'parse') / perRound;
      notes.push(
        `${size}: ${owners} owners, no row twice, some ${bytes} bytes each${isFull ? ', with the id and the status of every row and the IBAN of every party' : ''}; JSON.parse took ${ms.toFixed(3)} ms here; the steps one by one and the whole give equal profiles.`,
      );
    }
    const first = await measureFirstEvent(progress);
    figures.push(...first.figures);
    return {
      figures,
      notes: [...notes, ...first.notes],
      charts: [
        {
          kind: 'bars',
          file: 'derivation',
          title: 'Derivation and whole import',
          axis: '× JSON.parse of the same import (median, min to max)',
          bars,
        },
      ],
    };
  },
};

function less(times: Times, name: string, without: string) {
  const own = (times.get(name) ?? []).map((time, round) => Math.max(0, time - (times.get(without) ?? [])[round]!));
  return ratioOfSum(new Map([...times, ['own', own]]), ['own'], 'parse');
}

function bar({ median, low, high }: { median: number; low: number; high: number }) {
  return { value: median, low, high };
}
