/** The tasks of the state machine that visits the owners of a client. One line of log each; errors go back to the machine, which tries again. */
import { type RunTask, runTask } from '../../contracts/runs/run-task.ts';
import { logger } from '../../runtime/logging.ts';
import { finishRun, planRun, type RunTaskParts, visitSlice } from '../../use-cases/runs/run-tasks.ts';

export type TaskResult = { readonly slices?: readonly number[] };

export function makeProfileRun(parts: () => Promise<RunTaskParts>) {
  return async (event: unknown): Promise<TaskResult> => {
    const task = runTask.parse(event);
    const begun = performance.now();
    const result = await perform(await parts(), task);
    const { clientId, runId } = task;
    logger.info('run', {
      task: task.task,
      clientId,
      runId,
      ...(task.task === 'visit' && { slice: task.slice }),
      durationMs: Math.round(performance.now() - begun),
    });
    return result;
  };
}

async function perform(parts: RunTaskParts, task: RunTask): Promise<TaskResult> {
  switch (task.task) {
    case 'plan':
      return { slices: await planRun(parts, task) };
    case 'visit':
      await visitSlice(parts, task);
      return {};
    case 'finish':
      await finishRun(parts, task);
      return {};
  }
}
