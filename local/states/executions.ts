/** Executions in one SQLite table: acknowledged ones survive a kill, and those that ran then can be found. */
import type { DatabaseSync } from 'node:sqlite';
import type { Point } from './interpret.ts';

export type Status = 'RUNNING' | 'SUCCEEDED' | 'FAILED' | 'ABORTED';
export type Execution = {
  readonly arn: string;
  readonly machineArn: string;
  readonly name: string;
  readonly status: Status;
  /** As it came: JSON text. */
  readonly input: string;
  readonly startedAt: number;
  readonly stoppedAt: number | undefined;
  readonly output: string | undefined;
  readonly error: string | undefined;
  readonly cause: string | undefined;
  /** The state that failed, with its input; while a redriven execution runs, where the redrive started. */
  readonly at: Point | undefined;
  readonly redrives: number;
  readonly redrivenAt: number | undefined;
};

/** Step Functions quotas, "Execution history retention time". */
const KEPT_MS = 90 * 86_400_000;

const SCHEMA = `
  CREATE TABLE IF NOT EXISTS executions (
    arn TEXT PRIMARY KEY, machine TEXT NOT NULL, name TEXT NOT NULL, status TEXT NOT NULL, input TEXT NOT NULL,
    started_at INTEGER NOT NULL, stopped_at INTEGER, output TEXT, error TEXT, cause TEXT, at TEXT,
    redrives INTEGER NOT NULL DEFAULT 0, redriven_at INTEGER
  ) STRICT;
  CREATE INDEX IF NOT EXISTS by_start ON executions (machine, started_at DESC);
`;

export type Executions = ReturnType<typeof openExecutions>;

export function openExecutions(db: DatabaseSync) {
  db.exec(SCHEMA);
  db.prepare('DELETE FROM executions WHERE stopped_at < ?').run(Date.now() - KEPT_MS);
  const sql = {
    get: db.prepare('SELECT * FROM executions WHERE arn = ?'),
    add: db.prepare(
      "INSERT INTO executions (arn, machine, name, status, input, started_at) VALUES (?, ?, ?, 'RUNNING', ?, ?)",
    ),
    end: db.prepare(
      "UPDATE executions SET status = ?2, stopped_at = ?3, output = ?4, error = ?5, cause = ?6, at = ?7 WHERE arn = ?1 AND status = 'RUNNING'",
    ),
    redrive: db.prepare(
      `UPDATE executions SET status = 'RUNNING', stopped_at = NULL, error = NULL, cause = NULL, redrives = redrives + 1, redriven_at = ?2
       WHERE arn = ?1`,
    ),
    running: db.prepare("SELECT * FROM executions WHERE status = 'RUNNING' ORDER BY started_at"),
    list: db.prepare(
      'SELECT * FROM executions WHERE machine = ?1 AND (?2 IS NULL OR status = ?2) ORDER BY started_at DESC, arn LIMIT ?3 OFFSET ?4',
    ),
  };

  return {
    get(arn: string): Execution | undefined {
      const row = sql.get.get(arn);
      return row && toExecution(row);
    },
    add({
      arn,
      machineArn,
      name,
      input,
      startedAt,
    }: Pick<Execution, 'arn' | 'machineArn' | 'name' | 'input' | 'startedAt'>): void {
      sql.add.run(arn, machineArn, name, input, startedAt);
    },
    /** An execution that has ended stays unchanged. */
    end(
      arn: string,
      how: Partial<Pick<Execution, 'output' | 'error' | 'cause' | 'at'>> & Pick<Execution, 'status'>,
    ): void {
      const { status, output = null, error = null, cause = null, at } = how;
      sql.end.run(arn, status, Date.now(), output, error, cause, at ? JSON.stringify(at) : null);
    },
    redrive: (arn: string, now: number): void => void sql.redrive.run(arn, now),
    running: (): Execution[] => sql.running.all().map(toExecution),
    /** The latest first. */
    list: (machineArn: string, status: string | undefined, limit: number, offset: number): Execution[] =>
      sql.list.all(machineArn, status ?? null, limit, offset).map(toExecution),
  };
}

function toExecution(row: Record<string, unknown>): Execution {
  const text = (name: string) => (row[name] === null ? undefined : String(row[name]));
  const number = (name: string) => (row[name] === null ? undefined : Number(row[name]));
  return {
    arn: String(row['arn']),
    machineArn: String(row['machine']),
    name: String(row['name']),
    status: String(row['status']) as Status,
    input: String(row['input']),
    startedAt: Number(row['started_at']),
    stoppedAt: number('stopped_at'),
    output: text('output'),
    error: text('error'),
    cause: text('cause'),
    at: row['at'] === null ? undefined : (JSON.parse(String(row['at'])) as Point),
    redrives: Number(row['redrives']),
    redrivenAt: number('redriven_at'),
  };
}
