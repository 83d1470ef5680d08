/** What the state machine of runs asks of its function: a run is planned, each of its slices is visited, and it is finished. */
import * as z from 'zod';

const name = { clientId: z.string().min(1), runId: z.string().min(1) };

export const runTask = z.discriminatedUnion('task', [
  z.object({ ...name, task: z.literal('plan') }),
  z.object({ ...name, task: z.literal('visit'), slice: z.int().min(0) }),
  z.object({ ...name, task: z.literal('finish') }),
]);

export type RunTask = z.infer<typeof runTask>;
