/** What the rehearsal consists of, and how its steps are run one after the other. */
import type { World } from './world.ts';

export type Step = {
  readonly name: string;
  /** Steps that must have passed before: they run first, whatever `--only` says. */
  readonly needs: readonly string[];
  /** @returns what was seen, in a few words. @throws Skipped when a tool is missing; anything else is a failure */
  run(world: World): Promise<string>;
};

export type Verdict = 'passed' | 'failed' | 'skipped';
export type Outcome = {
  readonly name: string;
  readonly verdict: Verdict;
  readonly seconds: number;
  readonly says: string;
};

/** A step that cannot run here. Its message says why, and how to install what is missing. */
export class Skipped extends Error {
  override readonly name = 'Skipped';
}

/** The steps that `only` asks for and those that they need, in the order of `steps`. @throws when there is no such step */
export function chosen(steps: readonly Step[], only: readonly string[]): readonly Step[] {
  const byName = new Map(steps.map((step) => [step.name, step]));
  const wanted = new Set<string>();
  const want = (name: string) => {
    const step = byName.get(name);
    if (!step) throw new Error(`There is no step "${name}". Choose from ${[...byName.keys()].join(', ')}.`);
    wanted.add(name);
    step.needs.forEach(want);
  };
  only.forEach(want);
  return only.length === 0 ? steps : steps.filter(({ name }) => wanted.has(name));
}

/** Runs every step. One whose needs were not met is skipped; a failure does not stop those that do not need it. */
export async function runSteps(
  steps: readonly Step[],
  world: World,
  report: (outcome: Outcome) => void,
  clock: () => number,
): Promise<readonly Outcome[]> {
  const outcomes: Outcome[] = [];
  for (const step of steps) {
    const startedAt = clock();
    const [verdict, says] = await verdictOf(step, world, outcomes);
    const outcome = { name: step.name, verdict, seconds: (clock() - startedAt) / 1000, says };
    outcomes.push(outcome);
    report(outcome);
  }
  return outcomes;
}

async function verdictOf(step: Step, world: World, before: readonly Outcome[]): Promise<[Verdict, string]> {
  const unmet = step.needs.filter((need) => !before.some(({ name, verdict }) => name === need && verdict === 'passed'));
  if (unmet.length > 0) return ['skipped', `needs ${unmet.join(', ')}`];
  try {
    return ['passed', await step.run(world)];
  } catch (error) {
    const says = error instanceof Error ? error.message : String(error);
    return [error instanceof Skipped ? 'skipped' : 'failed', says];
  }
}
