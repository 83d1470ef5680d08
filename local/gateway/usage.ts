/** Usage plans: each key has a bucket of its own, and one for each method that its plan limits by itself. */
import type { PlanSpec } from '../template/usage.ts';
import type { ResponseType } from './answers.ts';
import { tokenBucket } from './throttle.ts';

export type PlanOf = (key: string) => PlanSpec | undefined;

/** @returns what refuses a request of a key on a method, if anything does */
export function openUsage(planOf: PlanOf, now?: () => number) {
  // As many as there are keys in plans, with their methods: nobody outside can add one.
  const buckets = new Map<string, () => boolean>();
  return (key: string | undefined, method: string): ResponseType | undefined => {
    const plan = key === undefined ? undefined : planOf(key);
    if (!plan) return 'INVALID_API_KEY';
    const own = plan.methods.get(method);
    const limit = own ?? plan.throttle;
    if (!limit) return undefined;
    const name = JSON.stringify([plan.id, key, own && method]);
    const bucket = buckets.get(name) ?? tokenBucket(limit.rate, limit.burst, now);
    buckets.set(name, bucket);
    return bucket() ? undefined : 'THROTTLED';
  };
}
