import { logger } from '../../runtime/logging.ts';

export type NightlyParts = {
  readonly takeNightly: () => Promise<{ readonly started: number; readonly failed: number }>;
};

/** The schedule invokes it every night. It is retried when a snapshot could not be started; those that run are not started twice. */
export function makeNightlySnapshots({ takeNightly }: NightlyParts) {
  return async (): Promise<void> => {
    const { started, failed } = await takeNightly();
    logger.info('nightly snapshots', { started, failed });
    if (failed > 0) throw new Error(`${failed} snapshots of the night could not be started`);
  };
}
