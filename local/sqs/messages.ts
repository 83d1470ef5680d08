/**
 * The messages of all queues in one SQLite table. A message is visible when `visible_at` has passed; it is in flight when it was
 * received and `visible_at` is in the future; it is delayed when it was never received and `visible_at` is in the future. Bodies are in
 * a table of their own: a receive changes a message, and SQLite writes the whole row.
 */
import { randomUUID } from 'node:crypto';
import type { DatabaseSync } from 'node:sqlite';
import type { Attributes } from './contents.ts';
import { md5OfBody } from './contents.ts';
import type { Queue } from './queues.ts';
import { attributeOf } from './queues.ts';

export type Message = {
  readonly seq: number;
  readonly id: string;
  readonly body: string;
  readonly attributes: Attributes;
  readonly group: string;
  readonly sender: string;
  readonly trace: string | undefined;
  readonly sentAt: number;
  readonly visibleAt: number;
  readonly receives: number;
  readonly firstReceivedAt: number;
  readonly receipt: string;
  readonly source: string | undefined;
};

export type NewMessage = {
  readonly body: string;
  readonly attributes: Attributes;
  readonly group: string;
  readonly sender: string;
  readonly trace: string | undefined;
  readonly delayMs: number;
};

export type Counts = { readonly visible: number; readonly inFlight: number; readonly delayed: number };

/** Beyond this many groups, a queue serves by age alone: fairness would need a query for each. */
const FAIR_GROUPS = 64;

const BODIES = 'CREATE TABLE IF NOT EXISTS bodies (seq INTEGER PRIMARY KEY, body TEXT NOT NULL) STRICT';
const SCHEMA = `
  CREATE TABLE IF NOT EXISTS messages (
    seq INTEGER PRIMARY KEY AUTOINCREMENT, queue TEXT NOT NULL, id TEXT NOT NULL, attributes TEXT NOT NULL, grp TEXT NOT NULL,
    sender TEXT NOT NULL, trace TEXT, sent_at INTEGER NOT NULL, visible_at INTEGER NOT NULL, receives INTEGER NOT NULL,
    first_received_at INTEGER NOT NULL, receipt TEXT NOT NULL, source TEXT
  ) STRICT;
  ${BODIES};
  CREATE TRIGGER IF NOT EXISTS body_goes AFTER DELETE ON messages BEGIN DELETE FROM bodies WHERE seq = old.seq; END;
  CREATE INDEX IF NOT EXISTS by_age ON messages (queue, visible_at, seq, receives);
  CREATE INDEX IF NOT EXISTS by_group ON messages (queue, grp, visible_at, seq, receives);
`;

/** Bodies were a column of the messages in 1.0. */
const SEPARATE_BODIES = `
  BEGIN IMMEDIATE;
  ${BODIES};
  INSERT INTO bodies SELECT seq, body FROM messages;
  ALTER TABLE messages DROP COLUMN body;
  COMMIT;
`;

type Statements = ReturnType<typeof statementsOf>;
export type Messages = ReturnType<typeof openMessages>;

export function openMessages(db: DatabaseSync) {
  makeTables(db);
  const sql = statementsOf(db);

  return {
    add(queue: Queue, { body, attributes, group, sender, trace, delayMs }: NewMessage, now: number): string {
      const id = randomUUID();
      sql.add.run(queue.name, id, JSON.stringify(attributes), group, sender, trace ?? null, now, now + delayMs);
      sql.addBody.run(body);
      return id;
    },

    /** Receives up to `max` messages; those received too often go to `deadLetters` instead. Returns also how many went there. */
    receive(queue: Queue, deadLetters: Queue | undefined, max: number, visibilityMs: number, now: number) {
      sql.expire.run(queue.name, now - attributeOf(queue, 'MessageRetentionPeriod') * 1000);
      const taken: Message[] = [];
      let moved = 0;
      for (let looking = true; looking && taken.length < max; ) {
        looking = false;
        for (const seq of pick(sql, queue.name, max - taken.length, now)) {
          const receives = Number(sql.receives.get(seq)?.['receives']);
          if (queue.redrive && deadLetters && receives >= queue.redrive.maxReceiveCount) {
            sql.move.run(seq, deadLetters.name, now, '', queue.arn);
            moved += 1;
            looking = true;
            continue;
          }
          // A visibility of zero leaves the message visible at once; the instant must be in the future or this loop would receive it twice.
          const row = sql.take.get(seq, now + Math.max(visibilityMs, 1), `${seq}.${randomUUID()}`, now)!;
          taken.push(toMessage({ ...row, ...sql.body.get(seq) }));
        }
      }
      return { taken, moved };
    },

    /** Undoes a receive whose caller had disconnected. */
    giveBack(messages: readonly Message[], now: number): void {
      for (const { seq } of messages) sql.giveBack.run(seq, now);
    },

    /** For a restart: messages in flight belonged to the stopped process, and that does not count against them. */
    releaseInFlight: (queue: string, now: number): void => void sql.releaseAll.run(queue, now),

    /** The message of this receipt, if it is still the latest one. */
    find(queue: string, receipt: string): { seq: number; visibleAt: number } | undefined {
      const row = sql.find.get(Number(receipt.split('.')[0]), queue, receipt);
      return row && { seq: Number(row['seq']), visibleAt: Number(row['visible_at']) };
    },
    show: (seq: number, visibleAt: number): void => void sql.show.run(visibleAt, seq),
    remove: (seq: number): void => void sql.remove.run(seq),
    purge: (queue: string): void => void sql.purge.run(queue),

    nextVisibleAt(queue: string, now: number): number | undefined {
      const at = sql.next.get(queue, now)?.['at'];
      return at === null || at === undefined ? undefined : Number(at);
    },

    counts(queue: string, now: number): Counts {
      const row = sql.counts.get(queue, now)!;
      return { visible: Number(row['visible']), inFlight: Number(row['inFlight']), delayed: Number(row['delayed']) };
    },

    /** When the oldest message was sent, in milliseconds since 1970; none: the queue is empty. */
    oldest(queue: string): number | undefined {
      const at = sql.oldest.get(queue)?.['at'];
      return at === null || at === undefined ? undefined : Number(at);
    },

    /** Sends dead letters as new messages, to where each came from or to one queue. Returns the queues that got any. */
    redrive(
      from: string,
      target: (sourceArn: string | undefined) => Queue | undefined,
      now: number,
    ): Map<string, number> {
      const moved = new Map<string, number>();
      for (const row of sql.moveAll.all(from, now, -1)) {
        const to = target(row['source'] === null ? undefined : String(row['source']));
        if (!to) continue;
        sql.resend.run(Number(row['seq']), to.name, randomUUID(), now);
        moved.set(to.name, (moved.get(to.name) ?? 0) + 1);
      }
      return moved;
    },
  };
}

function makeTables(db: DatabaseSync): void {
  if (db.prepare("SELECT 1 FROM pragma_table_info('messages') WHERE name = 'body'").get()) db.exec(SEPARATE_BODIES);
  db.exec(SCHEMA);
}

function statementsOf(db: DatabaseSync) {
  return {
    add: db.prepare(
      `INSERT INTO messages (queue, id, attributes, grp, sender, trace, sent_at, visible_at, receives, first_received_at, receipt)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, 0, 0, '')`,
    ),
    addBody: db.prepare('INSERT INTO bodies VALUES (last_insert_rowid(), ?)'),
    body: db.prepare('SELECT body FROM bodies WHERE seq = ?'),
    groups: db.prepare(
      `WITH RECURSIVE g(grp) AS (
         SELECT min(grp) FROM messages WHERE queue = ?1
         UNION ALL SELECT (SELECT min(grp) FROM messages WHERE queue = ?1 AND grp > g.grp) FROM g WHERE g.grp IS NOT NULL
       ) SELECT grp FROM g WHERE grp IS NOT NULL LIMIT ${FAIR_GROUPS + 1}`,
    ),
    flying: db.prepare(
      'SELECT count(*) AS n FROM messages WHERE queue = ? AND grp = ? AND visible_at > ? AND receives > 0',
    ),
    ofGroup: db.prepare(
      'SELECT seq, visible_at FROM messages WHERE queue = ? AND grp = ? AND visible_at <= ? ORDER BY visible_at, seq LIMIT ?',
    ),
    byAge: db.prepare('SELECT seq FROM messages WHERE queue = ? AND visible_at <= ? ORDER BY visible_at, seq LIMIT ?'),
    receives: db.prepare('SELECT receives FROM messages WHERE seq = ?'),
    take: db.prepare(
      `UPDATE messages SET receives = receives + 1, visible_at = ?2, receipt = ?3,
         first_received_at = CASE first_received_at WHEN 0 THEN ?4 ELSE first_received_at END WHERE seq = ?1 RETURNING *`,
    ),
    move: db.prepare('UPDATE messages SET queue = ?2, visible_at = ?3, receipt = ?4, source = ?5 WHERE seq = ?1'),
    giveBack: db.prepare('UPDATE messages SET visible_at = ?2, receives = max(receives - 1, 0) WHERE seq = ?1'),
    releaseAll: db.prepare(
      'UPDATE messages SET visible_at = ?2, receives = receives - 1 WHERE queue = ?1 AND receives > 0 AND visible_at > ?2',
    ),
    find: db.prepare('SELECT seq, visible_at FROM messages WHERE seq = ? AND queue = ? AND receipt = ?'),
    show: db.prepare('UPDATE messages SET visible_at = ? WHERE seq = ?'),
    remove: db.prepare('DELETE FROM messages WHERE seq = ?'),
    purge: db.prepare('DELETE FROM messages WHERE queue = ?'),
    expire: db.prepare('DELETE FROM messages WHERE queue = ? AND sent_at < ?'),
    next: db.prepare('SELECT min(visible_at) AS at FROM messages WHERE queue = ? AND visible_at > ?'),
    counts: db.prepare(
      `SELECT coalesce(sum(visible_at <= ?2), 0) AS visible, coalesce(sum(visible_at > ?2 AND receives > 0), 0) AS inFlight,
         coalesce(sum(visible_at > ?2 AND receives = 0), 0) AS delayed FROM messages WHERE queue = ?1`,
    ),
    oldest: db.prepare('SELECT min(sent_at) AS at FROM messages WHERE queue = ?'),
    moveAll: db.prepare('SELECT seq, source FROM messages WHERE queue = ? AND visible_at <= ? ORDER BY seq LIMIT ?'),
    resend: db.prepare(
      `UPDATE messages SET queue = ?2, id = ?3, sent_at = ?4, visible_at = ?4, receives = 0, first_received_at = 0, receipt = '', source = NULL
       WHERE seq = ?1`,
    ),
  };
}

/** The oldest of the group with the fewest messages in flight, repeatedly: a busy client does not delay a quiet one. */
function pick(sql: Statements, queue: string, max: number, now: number): number[] {
  const groups = sql.groups.all(queue).map((row) => String(row['grp']));
  if (groups.length <= 1 || groups.length > FAIR_GROUPS)
    return sql.byAge.all(queue, now, max).map((row) => Number(row['seq']));
  const lines = groups
    .map((group) => ({
      flying: Number(sql.flying.get(queue, group, now)?.['n']),
      line: sql.ofGroup
        .all(queue, group, now, max)
        .map((row) => [Number(row['visible_at']), Number(row['seq'])] as const),
    }))
    .filter(({ line }) => line.length > 0);
  const picked: number[] = [];
  while (picked.length < max && lines.length > 0) {
    lines.sort((a, b) => a.flying - b.flying || a.line[0]![0] - b.line[0]![0] || a.line[0]![1] - b.line[0]![1]);
    const first = lines[0]!;
    picked.push(first.line.shift()![1]);
    first.flying += 1;
    if (first.line.length === 0) lines.shift();
  }
  return picked;
}

export const bodyChecksum = (message: Message): string => md5OfBody(message.body);

function toMessage(row: Record<string, unknown>): Message {
  return {
    seq: Number(row['seq']),
    id: String(row['id']),
    body: String(row['body']),
    attributes: JSON.parse(String(row['attributes'])) as Attributes,
    group: String(row['grp']),
    sender: String(row['sender']),
    trace: row['trace'] === null ? undefined : String(row['trace']),
    sentAt: Number(row['sent_at']),
    visibleAt: Number(row['visible_at']),
    receives: Number(row['receives']),
    firstReceivedAt: Number(row['first_received_at']),
    receipt: String(row['receipt']),
    source: row['source'] === null ? undefined : String(row['source']),
  };
}
