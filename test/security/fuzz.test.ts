/** A short run of `npm run fuzz`: the same cases every time, so that everybody gets the same findings. */

import { ROUTES } from '../../functions/contracts/http/routes.ts';
import { fuzz } from '../fuzz/run.ts';
import { SYNTHESIS_TIMEOUT_MS } from '../support/stack.ts';

const ROUTES_AND_MESSAGES = ROUTES.length + 1;

test(
  'no odd request and no odd message is answered with anything but what the documents promise',
  async () => {
    const { cases, outcomes, findings } = await fuzz({ seed: 4711, cases: 120, quiet: true });
    expect(findings).toEqual([]);
    expect(cases).toBe(120);
    const asked = new Set(Object.keys(outcomes).map((outcome) => outcome.split(': ')[0]));
    expect(asked.size).toBe(ROUTES_AND_MESSAGES);
  },
  SYNTHESIS_TIMEOUT_MS,
);
