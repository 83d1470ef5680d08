import { join } from 'node:path';

// Commands, services and functions are started over and over: what Node compiles of them is kept, as `npm start` does.
process.env['NODE_COMPILE_CACHE'] ??= join(import.meta.dirname, 'dist/compile-cache');

// Functions have it from their stack.
process.env['POWERTOOLS_METRICS_NAMESPACE'] ??= 'OwnerProfiles-test';

/** Tests are TypeScript run as ES modules; the transform only strips types, as Node itself does. */
export default {
  testEnvironment: '<rootDir>/test/plain-globals.mjs',
  roots: ['<rootDir>/test'],
  testMatch: ['**/*.test.ts'],
  extensionsToTreatAsEsm: ['.ts'],
  transform: { '\\.ts$': '<rootDir>/test/strip-types.mjs' },
  transformIgnorePatterns: ['/node_modules/'],
  setupFiles: ['<rootDir>/test/dates/clock.mjs'],
  testSequencer: '<rootDir>/test/longest-first.mjs',
  testTimeout: 60_000,
  // Two cores: one worker less would leave one idle, one more would starve the local service under test.
  maxWorkers: 2,
  watchPathIgnorePatterns: ['/.local/', '/cdk.out/'],
  modulePathIgnorePatterns: ['<rootDir>/cdk.out/', '<rootDir>/.local/', '<rootDir>/dist/'],
};
