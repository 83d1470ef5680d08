/** The rooms that can be mutated: their sources, and the quick test files that must notice. */
export type Room = { readonly sources: readonly string[]; readonly tests: readonly string[] };

const DOMAIN = 'functions/domain';
const TESTS = 'test/functions/domain';

/** Paths from the root of the project; each may be a glob. */
export const ROOMS: Readonly<Record<string, Room>> = {
  labels: {
    sources: [
      `${DOMAIN}/{abroad,codes,compiled-rule,decide,found,hits,labeller,meaning,prepared-rules}.ts`,
      `${DOMAIN}/{streams,streets,structure,text-reading}.ts`,
    ],
    tests: [`${TESTS}/{structure,labeller,abroad}.test.ts`],
  },
  matching: {
    sources: [`${DOMAIN}/{folding,memory,pattern-writer,patterns,slots}.ts`],
    tests: [`${TESTS}/{text,labeller}.test.ts`],
  },
  features: {
    sources: [`${DOMAIN}/{columns,feature,series}.ts`],
    tests: [`${TESTS}/{series,definition,explain,derive}.test.ts`],
  },
  profiles: {
    sources: [`${DOMAIN}/{classify,definition,derive,enough,explain}.ts`],
    tests: [`${TESTS}/{enough,definition,explain,derive}.test.ts`],
  },
  ledger: {
    sources: [`${DOMAIN}/{import,ledger,page}.ts`],
    tests: [`${TESTS}/{ledger,import}.test.ts`],
  },
};
