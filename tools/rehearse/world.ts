/** What the steps share: the project, the folder of this run, and what earlier steps have set up. */
import type { Cloud } from './cloud.ts';

export type Stage = 'dev' | 'prod';

/** A stack as it was deployed last, and the key of a client in it. */
export type Deployed = {
  readonly stackName: string;
  /** As `cdk deploy --outputs-file` wrote it, with an address of the API that answers on this machine. */
  readonly outputsFile: string;
  readonly key?: string;
};

export type World = {
  /** The project. */
  readonly root: string;
  /** Everything that this run writes is below it. */
  readonly folder: string;
  /** Set by the step that starts it. */
  cloud?: Cloud;
  readonly deployed: Partial<Record<Stage, Deployed>>;
};

/** @throws when no step has started it: a fault of the order of steps */
export function cloudOf({ cloud }: World): Cloud {
  if (cloud) return cloud;
  throw new Error('no step has started the emulated account');
}

export function deployedOf({ deployed }: World, stage: Stage): Deployed {
  const found = deployed[stage];
  if (found) return found;
  throw new Error(`no step has deployed ${stage}`);
}
