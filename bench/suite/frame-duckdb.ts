/** Features as one SQL statement, prepared once. */
import { peer } from '../support/peers.ts';
import type { Asked, FrameEngine } from './frame-engine.ts';

type Rows = { getRows(): readonly (readonly unknown[])[] };
type Prepared = { bindInteger(at: number, value: number): void; runAndReadAll(): Promise<Rows> };
type Connection = {
  run(sql: string): Promise<unknown>;
  prepare(sql: string): Promise<Prepared>;
  closeSync(): void;
};
type Library = { DuckDBInstance: { create(path: string): Promise<{ connect(): Promise<Connection> }> } };

export async function openDuckDb(file: string, asked: readonly Asked[], day: number): Promise<FrameEngine | undefined> {
  const library = await peer<Library>('@duckdb/node-api');
  if (!library) return undefined;
  const connection = await (await library.DuckDBInstance.create(':memory:')).connect();
  // One thread: every contestant is measured on one core.
  await connection.run('SET threads = 1');
  await connection.run(`CREATE TABLE rows AS SELECT * FROM read_csv('${file}', header = true)`);
  const columns = asked.map((feature) => sqlOf(feature, day)).join(',\n');
  const all = await connection.prepare(`SELECT owner, ${columns} FROM rows GROUP BY owner`);
  const one = await connection.prepare(`SELECT ${columns} FROM rows WHERE owner = $1`);
  const numbers = (row: readonly unknown[]) => row.map((value) => (value === null ? null : Number(value)));
  return {
    name: 'DuckDB',
    async one(owner) {
      one.bindInteger(1, owner);
      return numbers((await one.runAndReadAll()).getRows()[0] ?? []);
    },
    async all() {
      const rows = (await all.runAndReadAll()).getRows();
      return new Map(rows.map(([owner, ...values]) => [Number(owner), numbers(values)]));
    },
    close: () => connection.closeSync(),
  };
}

function sqlOf({ name, metric, window, sets }: Asked, day: number): string {
  const seen = `day <= ${day} AND day > ${day - window}`;
  const inSet = sets.includes('all') ? 'true' : `(${sets.join(' OR ')})`;
  const of = (what: string, more = 'true') => `${what} FILTER (WHERE ${seen} AND ${inSet} AND ${more})`;
  const value = (): string => {
    switch (metric) {
      case 'count':
        return of('count(*)');
      case 'total':
        return `coalesce(${of('sum(abs(cents))')}, 0)`;
      case 'average':
        return `${of('sum(abs(cents))')} / nullif(${of('sum(rate)')}, 0)`;
      case 'largest':
        return of('max(abs(cents))');
      case 'share':
        return `coalesce(${of('sum(-cents)', 'cents < 0')}, 0) / nullif(sum(abs(cents)) FILTER (WHERE ${seen} AND spending), 0)`;
      case 'months':
        return of('count(DISTINCT month)');
      case 'days':
        return of('count(DISTINCT day)');
      case 'parties':
        return of('count(DISTINCT CASE WHEN party >= 0 THEN party END)');
      case 'lastSeen':
        return `${day} - ${of('max(day)')}`;
      default:
        throw new Error(`no SQL for ${metric}`);
    }
  };
  return `${value()} AS ${name}`;
}
