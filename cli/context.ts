import type { Clock } from '../functions/runtime/clock.ts';
import type { Environment, TableConnection } from './connection.ts';
import type { ClientStore } from './operator.ts';

/** What the commands need of the outside world, so that tests can replace it. */
export type Context = {
  /** Prints a line of the answer. */
  readonly out: (text: string) => void;
  /** Prints a line about the work: progress, warnings, faults. */
  readonly note: (text: string) => void;
  readonly clock: Clock;
  readonly env: Environment;
  /** Whether a person is at the terminal and can answer. */
  readonly interactive: boolean;
  readonly openClientStore: (connection: TableConnection) => Promise<ClientStore>;
};
