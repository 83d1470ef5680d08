/** The rooms that can be mutated: their sources, and the quick test files that must notice. */
export type Room = { readonly sources: readonly string[]; readonly tests: readonly string[] };

const DOMAIN = 'functions/domain';
const TESTS = 'test/functions/domain';

/** Paths from the root of the project; each may be a glob. */
export const ROOMS: Readonly<Record<string, Room>> = {
  labels: { sources: [`${DOMAIN}/labels/*.ts`], tests: [`${TESTS}/labels/*.test.ts`] },
  matching: {
    sources: [`${DOMAIN}/labels/matching/*.ts`],
    tests: [`${TESTS}/values/code-points.test.ts`, `${TESTS}/labels/*.test.ts`],
  },
  features: {
    sources: [`${DOMAIN}/features/*.ts`],
    tests: [`${TESTS}/{features,catalogue,profiles}/*.test.ts`],
  },
  profiles: {
    sources: [`${DOMAIN}/profiles/*.ts`, `${DOMAIN}/catalogue/definition.ts`],
    tests: [`${TESTS}/{profiles,catalogue,features}/*.test.ts`],
  },
  ledger: { sources: [`${DOMAIN}/ledger/*.ts`], tests: [`${TESTS}/ledger/*.test.ts`] },
};
