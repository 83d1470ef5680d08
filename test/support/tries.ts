/**
 * How often a property is tried over a real table, where each try costs as much as fifty in the simulation, which tests the same laws
 * (test/simulation/schedules.test.ts). `npm run test:nightly` tries ten times as often.
 */
export const tries = (few: number): number => few * (process.env['NIGHTLY'] ? 10 : 1);
