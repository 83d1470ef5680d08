/** What operators do about messages that failed, queue by queue. */
import type { FailureQueues } from '../../adapters/failures/failure-queues.ts';
import { FAILURE_QUEUES, type FailureQueueName } from '../../contracts/http/failures.ts';
import { MOST_FAILURES_OF_A_RETRY } from '../../contracts/http/limits.ts';
import type { Clock } from '../../runtime/clock.ts';
import { SENDER_NOT_ALLOWED } from '../../runtime/names.ts';
import { retry as retryIn } from './retry.ts';
import { type FailureSummary, summaryOf } from './summary.ts';

/** Longer than a request takes: if its process dies, others see the messages again after that. */
const HIDDEN_SECONDS = 60;

export type QueueDepth = { readonly queue: FailureQueueName; readonly waiting: number; readonly hidden: number };
export type Look = { readonly failures: readonly FailureSummary[]; readonly more: boolean };
export type RetryAsked = {
  /** Absent: all but what a sender sent who was not allowed to. */
  readonly reason?: string | undefined;
  /** Milliseconds since 1970: messages sent later are left alone. Now unless given. */
  readonly before?: number | undefined;
  /** Whether the time to answer has come. */
  readonly isTimeUp: () => boolean;
};
export type RetryDone = {
  readonly sent: number;
  readonly notSent: number;
  readonly before: number;
  readonly more: boolean;
};
export type Failures = ReturnType<typeof openFailures>;

/** @param open the queues of these names, for one request: what it hides is shown again when they are closed */
export function openFailures(open: (names: readonly FailureQueueName[]) => FailureQueues, now: Clock) {
  /** Approximate, as SQS counts. */
  async function depths(): Promise<readonly QueueDepth[]> {
    const found = await open(FAILURE_QUEUES).depths();
    return FAILURE_QUEUES.map((queue) => {
      const { waiting = 0, inFlight = 0 } = found.get(queue) ?? {};
      return { queue, waiting, hidden: inFlight };
    });
  }

  /** Some messages of a queue, the oldest of them first. Others do not see them meanwhile. */
  async function look(queue: FailureQueueName, limit: number): Promise<Look> {
    const queues = open([queue]);
    const found: FailureSummary[] = [];
    try {
      for await (const batch of queues.walk(HIDDEN_SECONDS)) {
        found.push(...batch.map(summaryOf));
        if (found.length > limit) break;
      }
    } finally {
      await queues.close();
    }
    const failures = found.slice(0, limit).sort((a, b) => (a.sentAt < b.sentAt ? -1 : 1));
    return { failures, more: found.length > limit };
  }

  /**
   * Sends messages back to where they failed. Two retries at once share the messages: what one has in hand is hidden from
   * the other. Ends early at the most that one request looks at, or when the time is up.
   */
  async function retry(queue: FailureQueueName, { reason, before = now(), isTimeUp }: RetryAsked): Promise<RetryDone> {
    const queues = open([queue]);
    let seen = 0;
    let isCut = false;
    try {
      const { sent, failed } = await retryIn(queues, {
        selected: (failure) => {
          seen += 1;
          // Sent back, it has this service as its sender, which its client may allow: somebody has to decide that, by its reason.
          const isMeant = reason === undefined ? failure.reason !== SENDER_NOT_ALLOWED : failure.reason === reason;
          return isMeant && failure.sentAt < before;
        },
        ids: [],
        hiddenSeconds: HIDDEN_SECONDS,
        stopped: () => {
          isCut ||= seen >= MOST_FAILURES_OF_A_RETRY || isTimeUp();
          return isCut;
        },
      });
      return { sent: sent.length, notSent: failed.length, before, more: isCut };
    } finally {
      await queues.close();
    }
  }

  return { depths, look, retry };
}
