/** The steps of the rehearsal, in their order. */
import type { Step } from './step.ts';
import { bootstrap } from './steps/bootstrap.ts';
import { deploy } from './steps/deploy.ts';
import { destroy } from './steps/destroy.ts';
import { first } from './steps/first.ts';
import { lint } from './steps/lint.ts';
import { rollback } from './steps/rollback.ts';
import { runtime } from './steps/runtime.ts';
import { stateMachine } from './steps/state-machine.ts';
import { dynamodbLocal, store } from './steps/store.ts';
import { update } from './steps/update.ts';
import { wholePath } from './steps/whole-path.ts';

export const STEPS: readonly Step[] = [
  lint,
  stateMachine,
  bootstrap,
  first,
  deploy,
  wholePath,
  runtime,
  update,
  rollback,
  destroy,
  store,
  dynamodbLocal,
];
