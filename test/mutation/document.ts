/** Replaces the compiler of the catalogue in tests that run against mutants: the files are read once, not for each. */
import { compileDocument as compile } from '../../catalogue/build/compile.ts';

const document = compile();
export const compileDocument: typeof compile = () => document;
