/** The code that keeps the laws, removed piece by piece: schedules must find each of these breaks. */
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

export type LawMutant = {
  /** The missing piece. */
  readonly name: string;
  readonly file: string;
  readonly from: string;
  readonly to: string;
};

const ANNOUNCE = 'functions/use-cases/owners/announce.ts';
const PUBLISH = 'functions/use-cases/changes/publish.ts';
const FEED = 'functions/adapters/changes/change-feed.ts';
const FEED_ITEMS = 'functions/adapters/changes/change-items.ts';
const RENEW = 'functions/use-cases/owners/renew.ts';
const READ = 'functions/use-cases/owners/read-day.ts';
const STORE = 'functions/adapters/owners/owner-store.ts';
const SNAPSHOT = 'functions/use-cases/segments/snapshot-slices.ts';
const FORGET = 'functions/use-cases/segments/forget-owner.ts';

export const MUTANTS: readonly LawMutant[] = [
  {
    name: 'no look is asked for ahead of a write',
    file: ANNOUNCE,
    from: 'if (!isAsked) await service.announcer.later(owner);',
    to: '',
  },
  {
    name: 'a write goes on where no look could be asked for',
    file: ANNOUNCE,
    from: 'await service.announcer.later(owner);',
    to: 'await service.announcer.later(owner).catch(() => {});',
  },
  {
    name: 'the change is in a second write',
    file: ANNOUNCE,
    from: 'const written = await service.store.writeAnswer(owner, changed, readRevision);',
    to: `const written =
        (await service.store.writeAnswer(owner, answer, readRevision)) &&
        (await service.store.writeAnswer(owner, { ...changed, revision: answer.revision + 1 }, answer.revision));`,
  },
  {
    name: 'an answer is written without a condition',
    file: STORE,
    from: 'return items.put(item, readRevision);',
    to: "return items.put(item, (await items.read(owner, ANSWER, true))?.['revision'] && Number((await items.read(owner, ANSWER, true))?.['revision']?.N));",
  },
  {
    name: 'a renewed answer announces nothing',
    file: RENEW,
    from: 'return announcing(service, owner).write(answer, stored, causeOf(stored, answer));',
    to: 'return service.store.writeAnswer(owner, answer, stored.revision);',
  },
  {
    name: 'pages of a replica are taken for those of the answer',
    file: READ,
    from: '!== basis) return undefined;',
    to: '=== undefined) return undefined;',
  },
  {
    name: 'a renewal takes the pages of a replica as they are',
    file: RENEW,
    from: 'const pages = await pagesBehind(service, owner, seen, today(service));',
    to: 'const pages = (await pagesBehind(service, owner, seen, today(service))) ?? (await service.store.readPages(owner, monthsRead(service, today(service)).from, monthsRead(service, today(service)).to, { consistent: false }));',
  },
  {
    name: 'a snapshot takes the pages of a replica as they are',
    file: SNAPSHOT,
    from: 'const pages = await pagesBehind(service, owner, answer, run.asOf);',
    to: 'const pages = await pagesBehind(service, owner, answer, run.asOf) ?? await service.store.readPages(owner, -24_000, 24_300, { consistent: false });',
  },
  {
    name: 'a change leaves the outbox before it is placed',
    file: PUBLISH,
    from: 'const placed = await placeAll(parts, owner, announced, by);',
    to: `const all = new Set(pending.map(({ id }) => id));
    if (all.size > 0 && !(await forget(parts, { clientId, hash }, answer, all))) return undefined;
    const placed = await placeAll(parts, owner, announced, by);`,
  },
  {
    name: 'others are notified of a change only once it has left the outbox',
    file: PUBLISH,
    from: 'await parts.tell(clientId, placed);',
    to: 'setTimeout(() => void parts.tell(clientId, placed).catch(() => {}), 60_000).unref();',
  },
  {
    name: 'each attempt gives a change an id of its own',
    file: PUBLISH,
    from: 'const position = await feed.place(owner, change, claim, publishedAt);',
    to: 'const position = await feed.place(owner, { ...change, id: randomUUID() }, claim, publishedAt);',
  },
  {
    name: 'claims are none',
    file: FEED,
    from: 'if (await items.put({ ...at, ...claimItem(by, from, now) }, undefined)) {',
    to: 'if (from >= 0) {',
  },
  {
    name: 'who takes a claim over looks for the change from where the feed ends now',
    file: FEED,
    from: "const earlier = { revision: revisionOf(stored), by, from: Number(stored['from']?.N), isTakenOver: true };",
    to: 'const earlier = { revision: revisionOf(stored), by, from, isTakenOver: true };',
  },
  {
    name: 'places and claims are taken without a condition',
    file: FEED_ITEMS,
    from: "{ ConditionExpression: 'attribute_not_exists(revision)' }",
    to: '{}',
  },
  {
    name: 'the feed is read from a replica',
    file: FEED_ITEMS,
    from: 'ConsistentRead: true,\n      KeyConditionExpression',
    to: 'ConsistentRead: false,\n      KeyConditionExpression',
  },
  {
    name: 'an erasure leaves what was placed',
    file: FEED,
    from: 'await items.put({ pk: pk!, sk: sk!, ttl: ttl! }, revisionOf(item));',
    to: 'void [pk, sk, ttl, revisionOf];',
  },
  {
    name: 'a snapshot does not see to what waits',
    file: SNAPSHOT,
    from: 'await tellWhatWaits(service, batch);',
    to: 'void tellWhatWaits;',
  },
  {
    name: 'a snapshot derives and does not renew',
    file: SNAPSHOT,
    from: 'const answer = holds(visit, seen) ?',
    to: 'if (!holds(visit, seen)) return derivedOf(visit, owner); const answer = holds(visit, seen) ?',
  },
  {
    name: 'nobody says that data went beyond its retention',
    file: RENEW,
    from: 'if (!stored?.known) return;',
    to: 'if (stored !== null) return;',
  },
  {
    name: 'the last sequence goes with the data',
    file: STORE,
    from: '...(answer.known &&\n          answer.erasedAt === 0 &&',
    to: '...(answer.erasedAt === 0 &&',
  },
  {
    name: 'a snapshot does not look for erasures once its slice is kept',
    file: SNAPSHOT,
    from: 'if (recent.size === 0) return;',
    to: 'if (recent.size >= 0) return;',
  },
  {
    name: 'an erasure leaves no note for a snapshot under way',
    file: FORGET,
    from: 'await erasures.writeErasure(owner, erasedAt, mark, service.clock());',
    to: 'void erasures;',
  },
  {
    name: 'an erasure leaves the tables of a snapshot',
    file: FORGET,
    from: 'await writeTables(files, place, number, without, features);',
    to: 'void [writeTables, features];',
  },
];

/** Plays schedules over each mutant until one fails; a mutant that none finds is a failure of this run. */
export function playMutants(
  { schedules, seed }: { readonly schedules: number; readonly seed: number },
  print: (line: string) => void,
): { readonly runs: number; readonly failed: number } {
  const here = (name: string) => fileURLToPath(new URL(name, import.meta.url));
  let survived = 0;
  for (const [number, { name }] of MUTANTS.entries()) {
    const numbers = ['--schedules', `${schedules}`, '--seed', `${seed}`, '--failures', '1'];
    const { status, stdout, stderr } = spawnSync(
      process.execPath,
      ['--import', here('./mutate.ts'), here('./run.ts'), 'random', ...numbers],
      { encoding: 'utf8', env: { ...process.env, LAW_MUTANT: String(number) } },
    );
    const fault = /^seed (\d+) \(.*?\): (.*)$/m.exec(stdout);
    if (status !== 0 && !fault) throw new Error(stderr);
    if (!fault) survived++;
    print(
      `${name}: ${fault ? `schedule ${Number(fault[1]) - seed + 1}, ${fault[2]}` : `NOT FOUND by ${schedules} schedules`}`,
    );
  }
  print(`${MUTANTS.length} mutants, ${survived} not found`);
  return { runs: MUTANTS.length, failed: survived };
}
