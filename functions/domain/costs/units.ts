import type { Counted } from './cost-model.ts';
import units from './units.json' with { type: 'json' };

/** The units that the last run of `npm run bench -- cost` counted. */
export const COUNTED_UNITS: Counted = units;
