/** `npm run bench:worse`: fails when the last run of a benchmark has a figure that is worse than in the runs before. */
import { remembered, worsened } from './support/history.ts';

const SHARE = 0.15;

const worse = worsened(remembered(), SHARE);
for (const line of worse) process.stderr.write(`worse by more than ${100 * SHARE} %: ${line}\n`);
process.exit(worse.length > 0 ? 1 : 0);
