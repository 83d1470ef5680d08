/** Warm functions beside bare ones, which make the same requests with the plain SDK and do nothing else. */

import { READ_DAYS } from '../../functions/domain/profiles/derive.ts';
import { formatMonth, monthOf } from '../../functions/domain/values/day.ts';
import { type Counts, requestsOf } from '../support/counting-proxy.ts';
import { distinctOwners } from '../support/distinct-owners.ts';
import { type Bench, counted, ratio } from '../support/figures.ts';
import { assertAnswered, assertTaken, lookUpEvent, queueEvent, startBare, startHost } from '../support/functions.ts';
import { importsInto } from '../support/imports-into.ts';
import { spreadOf } from '../support/measure.ts';
import { LAST_DAY, NOW } from '../support/owners.ts';
import { startWorld } from '../support/world.ts';

const OWNERS = 10;
const ROWS = 1_000;
const WARM_UP = 15;
const ROUNDS = 25;
const LOOK_UPS = 50;

export const bench: Bench = {
  name: 'beside-bare',
  title: 'Warm functions beside bare ones with the same requests',
  async run(progress) {
    const world = await startWorld();
    const environment = world.environment();
    const hosts = {
      worker: await startHost('import-worker', environment),
      lookUp: await startHost('owner-profiles', environment),
      bareWorker: await startBare('bench/children/bare-worker.ts', environment),
      bareLookUp: await startBare('bench/children/bare-get.ts', environment),
    };
    try {
      const history = distinctOwners(OWNERS, ROWS).map((message, owner) => ({
        ...message,
        ownerExternalId: nameOf(owner),
        importedAt: new Date(NOW - 2 * 3_600_000).toISOString(),
      }));
      for (const message of history) assertTaken(await hosts.worker.run(queueEvent([JSON.stringify(message)])));
      const importOf = importsInto(history);
      const pks = history.map((_, owner) => `demo#owner#${world.ownerKey(nameOf(owner)).hash}`);
      const months = { from: monthOf(LAST_DAY - READ_DAYS + 1), to: monthOf(LAST_DAY) + 1 };
      const bare = { pks, from: `page#${formatMonth(months.from)}#`, to: `page#${formatMonth(months.to)}#~` };
      const imports = { ours: [] as number[], bare: [] as number[] };
      const lookUps = { ours: [] as number[], bare: [] as number[] };
      let [ours, theirs]: Counts[] = [];
      for (let round = -WARM_UP; round < ROUNDS; round++) {
        world.counts();
        const taken = await hosts.worker.run(queueEvent(history.map((_, owner) => importOf(owner))));
        assertTaken(taken);
        ours = world.counts();
        const takenBare = await hosts.bareWorker.run(bare);
        theirs = world.counts();
        const owner = Math.abs(round) % OWNERS;
        const answered = await hosts.lookUp.run(lookUpEvent(nameOf(owner)), { times: LOOK_UPS });
        assertAnswered(answered);
        const answeredBare = await hosts.bareLookUp.run({ pk: pks[owner], sk: 'answer' }, { times: LOOK_UPS });
        if (round < 0) continue;
        imports.ours.push(taken.cpu);
        imports.bare.push(takenBare.cpu);
        lookUps.ours.push(answered.cpu);
        lookUps.bare.push(answeredBare.cpu);
        progress(`round ${round + 1} of ${ROUNDS}`);
      }
      if (!ours || !theirs || requestsOf(ours) !== requestsOf(theirs) || ours.writeUnits !== theirs.writeUnits)
        throw new Error(`the requests differ: ${JSON.stringify([ours, theirs])}`);
      const against = (times: typeof imports) => spreadOf(times.ours.map((time, round) => time / times.bare[round]!));
      return {
        figures: [
          ratio('import of 50 rows into 1,000', '× a bare worker, processor time', against(imports), { atMost: 2 }),
          ratio('fresh look-up', '× a bare GetItem, processor time', against(lookUps), { atMost: 0.7 }),
          counted('import of 50 rows into 1,000', 'ms of processor time', spreadOf(imports.ours).median / OWNERS),
          counted('fresh look-up', 'ms of processor time', spreadOf(lookUps.ours).median / LOOK_UPS),
        ],
        notes: [
          `${ROUNDS} rounds in turns after ${WARM_UP} to warm up: a batch of ${OWNERS} imports of different owners, ${LOOK_UPS} look-ups, and the same by bare functions, bundled alike. The last round's requests and write units are equal: ${requestsOf(ours)} requests, ${ours.writeUnits} write units.`,
        ],
        charts: [],
      };
    } finally {
      for (const host of Object.values(hosts)) host.close();
      await world.close();
    }
  },
};

const nameOf = (owner: number) => `bare-${owner}`;
