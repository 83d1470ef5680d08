import type { components } from '../../../client/schema.ts';

export type Schemas = components['schemas'];
export type Problem = Schemas['Problem'];
