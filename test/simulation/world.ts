/** One owner's little world: the real handlers over an unreliable table, queue, clock and network. */
import { createHash } from 'node:crypto';
import type { Context } from 'aws-lambda';
import { openChangeFeed } from '../../functions/adapters/changes/change-feed.ts';
import type { GetClient } from '../../functions/adapters/clients/clients.ts';
import { openRefusedImports } from '../../functions/adapters/imports/refused-imports.ts';
import { openOwnerStore } from '../../functions/adapters/owners/owner-store.ts';
import { type Day, dayOf, dayOfInstant, startOfDay } from '../../functions/domain/values/day.ts';
import { makeImportRecipe } from '../../functions/handlers/import-worker/recipe.ts';
import { type BatchParts, batchFunction } from '../../functions/runtime/batch.ts';
import { logger } from '../../functions/runtime/logging.ts';
import { metrics } from '../../functions/runtime/metrics.ts';
import type { Service } from '../../functions/use-cases/service/service.ts';
import { CATALOGUES } from './catalogue.ts';
import { type Fates, openWorker, type Surroundings, type Watch, WELL, type Worker } from './faults.ts';
import { CLIENT } from './imports.ts';
import { Looks } from './looks.ts';
import { type Message, recordOf, WorstQueue } from './queue.ts';
import type { Draw } from './random.ts';
import { MemoryTable } from './table.ts';
import { FREE_TURNS, type Turns } from './turns.ts';

export const TODAY: Day = dayOf(2026, 11, 22);
export const NOON = startOfDay(TODAY) + 43_200_000;

export type Nature = {
  readonly retentionMonths: number;
  /** Pages of more bytes are stored in parts. */
  readonly largestItemBytes: number;
  /** Bytes of a page of a query. */
  readonly pageLimit: number;
};
export const PLAIN: Nature = { retentionMonths: 120, largestItemBytes: 350_000, pageLimit: 1_048_576 };

const hashes = new Map<string, string>();
export function hashOf(text: string): string {
  const known = hashes.get(text);
  if (known) return known;
  const made = createHash('sha256').update(text).digest('hex').slice(0, 12);
  hashes.set(text, made);
  return made;
}
export const ownerKey = (ownerExternalId: string) => ({
  clientId: CLIENT,
  hash: hashOf(ownerExternalId),
  externalId: ownerExternalId,
});
export const partitionOf = (ownerExternalId: string) => `${CLIENT}#owner#${hashOf(ownerExternalId)}`;

export const getClient: GetClient = async (clientId) =>
  clientId === CLIENT
    ? { clientId, name: clientId, enabled: true, enabledProfiles: [], addresses: [], senders: [], createdAt: '' }
    : undefined;

/** Log and metrics do nothing here, and cost nothing. */
export function silence(): void {
  logger.setLogLevel('SILENT');
  metrics.addMetric = () => metrics;
  metrics.hasStoredMetrics = () => false;
  metrics.singleMetric = () => metrics;
  metrics.addDimension = () => metrics;
}

export class World {
  readonly table: MemoryTable;
  readonly queue = new WorstQueue();
  readonly looks = new Looks();
  readonly nature: Nature;
  readonly #draw: Draw;
  readonly #watch: Watch;
  /** Between calls; what calls add to the clock. */
  now: number;
  /** Writes of a partition that an inconsistent read may miss. */
  mostBehind = 0;
  turns: Turns;
  conflicts = 0;
  /** Parked messages, and why; none of them should be. */
  readonly parked: string[] = [];

  constructor(nature: Nature, now: number, turns: Turns, draw: Draw, watch: Watch = () => {}) {
    this.nature = nature;
    this.table = new MemoryTable(nature.pageLimit);
    this.now = now;
    this.turns = turns;
    this.#draw = draw;
    this.#watch = watch;
  }

  get today(): Day {
    return dayOfInstant(this.now);
  }

  worker(name: string, fates: Fates): Worker {
    const surroundings: Surroundings = {
      table: this.table,
      turns: { turn: (who) => this.turns.turn(who) },
      tick: () => {
        this.now += this.#draw(20);
      },
      behind: () => (this.mostBehind === 0 ? 0 : this.#draw(this.mostBehind + 1)),
      watch: this.#watch,
    };
    return openWorker(name, surroundings, fates, this.#draw);
  }

  service({ client, name, call }: Pick<Worker, 'client' | 'name' | 'call'>): Service {
    const { retentionMonths, largestItemBytes } = this.nature;
    const keeping = { clock: () => this.now, retentionMonths };
    return {
      ...keeping,
      store: openOwnerStore(client, 'table', hashOf, keeping, largestItemBytes),
      announcer: this.looks.announcer(call, keeping.clock),
      feed: openChangeFeed(client, 'table'),
      refused: openRefusedImports(client, 'table'),
      catalogues: CATALOGUES,
      ownerKey: (_, ownerExternalId) => ownerKey(ownerExternalId),
      pause: async (longest) => {
        this.conflicts++;
        await this.turns.turn(name);
        this.now += this.#draw(longest);
      },
    };
  }

  /** The service with nothing between it and the table. */
  get plain(): Service {
    const turns = FREE_TURNS;
    const still = { table: this.table, turns, tick: () => {}, behind: () => 0, watch: this.#watch };
    return { ...this.service(openWorker('plain', still, WELL, this.#draw)), pause: async () => {} };
  }

  /**
   * The import worker's handler, wired as functions/handlers/import-worker/handler.ts does.
   *
   * @param stages how batches are cut, and what happens to the queue meanwhile
   */
  handler(service: Service, remaining: () => number = () => 60_000, stages: Pick<BatchParts, 'cut' | 'queue'> = {}) {
    const recipe = makeImportRecipe({
      service: async () => service,
      getClient,
      accountsAt: async () => [],
      now: () => this.now,
    });
    const handler = batchFunction(recipe, {
      ...stages,
      park: async (_, reason, detail) => {
        this.parked.push(`${reason} ${detail}`);
      },
      count: () => {},
    });
    const context = { getRemainingTimeInMillis: remaining } as unknown as Context;
    return async (messages: readonly Message[]): Promise<ReadonlySet<string>> => {
      const { batchItemFailures } = await handler({ Records: messages.map(recordOf) }, context);
      return new Set(batchItemFailures.map(({ itemIdentifier }) => itemIdentifier));
    };
  }
}
