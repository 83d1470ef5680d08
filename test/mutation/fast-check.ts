/** Replaces `@fast-check/jest` in tests that run against mutants. */
type Exports = Pick<typeof import('@fast-check/jest'), 'fc' | 'test'>;

export const { fc, test } = (globalThis as unknown as { forMutation: Exports }).forMutation;
