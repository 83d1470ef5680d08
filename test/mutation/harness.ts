/** As much of jest as the tests of rooms use, without its start for every mutant: files are read, then run up to the first failure. */
import { expect } from 'expect';
import fc from 'fast-check';

type Body = () => unknown;
type Case = { readonly name: string; readonly body: Body };

let cases: Case[] = [];
let hooks: Body[] = [];
let names: string[] = [];

function test(name: string, body: Body): void {
  cases.push({ name: [...names, name].join(' › '), body });
}

function describe(name: string, body: Body): void {
  names.push(name);
  body();
  names.pop();
}

const each =
  (declare: (name: string, body: Body) => void) =>
  (rows: readonly unknown[]) =>
  (name: string, body: (...values: unknown[]) => unknown): void => {
    for (const row of rows) declare(name, () => body(...(Array.isArray(row) ? row : [row])));
  };
test.each = each(test);
describe.each = each(describe);

/** What `@fast-check/jest` exports. */
const property = Object.assign((name: string, body: Body) => test(name, body), {
  prop:
    (arbitraries: readonly fc.Arbitrary<unknown>[], parameters: fc.Parameters<unknown[]> = {}) =>
    (name: string, body: (...values: unknown[]) => unknown): void => {
      const holds = async (...values: unknown[]) => {
        await body(...values);
      };
      test(name, () =>
        fc.assert(
          fc.asyncProperty(fc.tuple(...arbitraries), (values) => holds(...values)),
          parameters as object,
        ),
      );
    },
});

export function installHarness(): void {
  // A mutant needs no smallest counterexample, and the same cases each time.
  fc.configureGlobal({ seed: 1, endOnFailure: true });
  Object.assign(globalThis, { test, it: test, describe, expect, beforeAll: (hook: Body) => hooks.push(hook) });
  Object.assign(globalThis, { forMutation: { fc, test: property } });
}

/** Runs test files in turn. Gives the name of the first test that fails, or undefined. */
export async function firstFailure(files: readonly string[]): Promise<string | undefined> {
  for (const file of files) {
    [cases, hooks, names] = [[], [], []];
    try {
      await import(file);
      for (const hook of hooks) await hook();
    } catch (error) {
      return `${file}: ${String(error).split('\n')[0]}`;
    }
    for (const { name, body } of cases) {
      try {
        await body();
      } catch {
        return name;
      }
    }
  }
  return undefined;
}
