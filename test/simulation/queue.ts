/** The queue at its worst: it repeats, reorders, redelivers messages in flight, and gives up after five receives. */
import type { SQSRecord } from 'aws-lambda';
import { type Draw, onceIn } from './random.ts';

export type Message = {
  readonly id: string;
  readonly ownerExternalId: string;
  readonly importId: string;
  readonly importedAt: number;
  readonly body: string;
  receives: number;
  inWork: number;
};

const MOST_RECEIVES = 5;

export class WorstQueue {
  readonly live = new Set<Message>();
  readonly dead = new Set<Message>();
  /** Everything that was ever sent, for the reference and for replays. */
  readonly sent: Message[] = [];
  receives = 0;

  send(message: Omit<Message, 'id' | 'receives' | 'inWork'>): void {
    const sent = { ...message, id: `m${this.sent.length}`, receives: 0, inWork: 0 };
    this.sent.push(sent);
    this.live.add(sent);
  }

  /** Up to `most` messages in any order; now and then one that is in flight at another worker. */
  receive(draw: Draw, most: number, mayRepeat = true): Message[] {
    const taken: Message[] = [];
    while (taken.length < most) {
      const visible = [...this.live].filter(
        (message) => !taken.includes(message) && (message.inWork === 0 || (mayRepeat && onceIn(draw, 4))),
      );
      const message = visible[draw(visible.length)];
      if (!message) break;
      message.receives++;
      this.receives++;
      if (message.receives > MOST_RECEIVES) {
        this.live.delete(message);
        this.dead.add(message);
        continue;
      }
      message.inWork++;
      taken.push(message);
    }
    return taken;
  }

  /** The visibility timeout is over, or the worker is done; `isDone`: and the message is deleted. */
  settle(message: Message, isDone: boolean): void {
    message.inWork--;
    if (isDone) this.live.delete(message);
  }

  /** A worker deletes finished messages from the queue, before its batch is over. */
  remove(ids: readonly string[]): void {
    for (const message of [...this.live]) if (ids.includes(message.id)) this.live.delete(message);
  }

  /** What the operator does at the end: everything that was given up is sent again as new. */
  redrive(): number {
    const { size } = this.dead;
    for (const message of this.dead) {
      message.receives = 0;
      this.live.add(message);
    }
    this.dead.clear();
    return size;
  }
}

export function recordOf({ id, body, receives }: Message): SQSRecord {
  return {
    messageId: id,
    body,
    attributes: { ApproximateReceiveCount: String(receives) },
  } as unknown as SQSRecord;
}
