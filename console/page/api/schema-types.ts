import type { components } from './schema.ts';

export type Schemas = components['schemas'];
export type Problem = Schemas['Problem'];
