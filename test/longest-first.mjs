import { join } from 'node:path';
import Sequencer from '@jest/test-sequencer';

/**
 * Test files of about ten seconds and more. The first builds the stack while the second needs none; then the longest start first, so
 * that none of them is left for the end, when the other core is idle. Jest knows durations only from an earlier run.
 */
export const LONGEST = [
  'e2e/own-catalogue.test.ts',
  'simulation/schedules.test.ts',
  'e2e/start.test.ts',
  'e2e/api.test.ts',
  'e2e/kill.test.ts',
  'console/console.test.ts',
  'privacy/local-run.test.ts',
  'simulation/big.test.ts',
  'cli/restore-losses.test.ts',
  'functions/use-cases/imports/join-imports.test.ts',
  'cli/restore.test.ts',
  'lib/app.test.ts',
  'lib/bundle.test.ts',
  'functions/use-cases/catalogue/own-catalogue.test.ts',
  'functions/use-cases/segments/snapshots.test.ts',
  'functions/use-cases/imports/interleavings.test.ts',
  'functions/domain/profiles/derive.test.ts',
  'security/fuzz.test.ts',
  'cli/catalogue/publish.test.ts',
  'cli/catalogue/preview.test.ts',
  'cli/import.test.ts',
  'cli/look-up.test.ts',
].map((name) => join(import.meta.dirname, name));

/** The order of test files: long ones first, the others as Jest would have them. */
export default class LongestFirst extends Sequencer {
  sort(tests) {
    const rank = ({ path }) => (LONGEST.includes(path) ? LONGEST.indexOf(path) : LONGEST.length);
    return [...super.sort(tests)].sort((a, b) => rank(a) - rank(b));
  }
}
