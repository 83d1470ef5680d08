/**
 * Faults speak with one voice: a message goes on after the path and says what is there must be. Read from the sources, because no test
 * brings about every fault; answers are held to it where they are asked for (test/e2e/support/http.ts).
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod';
import { issueText } from '../../functions/contracts/import/issue-text.ts';
import { ROOT, sourcesOf } from '../../tools/drawing/imports.ts';

/** A call or a field by which code says what is wrong, and the text that follows. */
const SAID =
  /(?:\b(?:invalidParameter|wrongParameter|blame|blameField|blamed|invalidOwner|unreadable|refused)\((?:[^'"`(){}]*|[`'"][\w.[\]${}]*[`'"]), ?|faults\.add\([^,]+, |\bmessage(?:: |\s=\s)|\b(?:invalidOwner|unreadable|refused|new Fault)\()(['`"])((?:(?!\1).)*)/g;
const ROOMS = ['domain', 'contracts', 'http', 'handlers', 'use-cases'].map((room) => `functions/${room}`);
/** Messages that report who changed a draft, texts of the schemas' own fields, and names of errors. */
const NO_FAULT = /^(changed by |What is wrong|no place|\$\{)/;

test('every message of a fault says what must be', () => {
  const said = ROOMS.flatMap(sourcesOf).flatMap((file) =>
    [...readFileSync(join(ROOT, file), 'utf8').matchAll(SAID)].map(([, , text = '']) => ({ file, text })),
  );
  expect(said.length).toBeGreaterThan(80);
  expect(said.filter(({ text }) => !/^must /.test(text) && !NO_FAULT.test(text))).toEqual([]);
});

test.each([
  [z.string(), 1, 'must be a text'],
  [z.object({ a: z.string() }), {}, 'must be given'],
  [z.object({ a: z.int() }), { a: 1.5 }, 'must be a whole number'],
  [z.array(z.string()), 'x', 'must be a list'],
  [z.boolean(), 'x', 'must be `true` or `false`'],
  [z.literal('owner-import'), 'x', 'must be "owner-import"'],
  [z.enum(['AIS', 'PDF']), 'x', 'must be one of "AIS", "PDF"'],
  [z.string().min(1), '', 'must not be empty'],
  [z.string().min(3), 'a', 'must have at least 3 characters'],
  [z.string().max(3), 'abcd', 'must have at most 3 characters'],
  [z.array(z.int()).max(2), [1, 2, 3], 'must have at most 2 entries'],
  [z.number().min(0.5), 0, 'must be at least 0.5'],
  [z.number().lt(1), 1, 'must be less than 1'],
  [z.string().regex(/^\d+$/), 'x', 'must be of the form /^\\d+$/'],
  [z.union([z.literal('definitions'), z.array(z.string())]), 1, 'must be "definitions" or a list'],
  [z.string().refine(() => false, 'must be ours'), 'x', 'must be ours'],
])('zod speaks so too: %#', (schema: z.ZodType, value, text) => {
  const [issue] = schema.safeParse(value).error!.issues;
  expect(issueText(issue!, value)).toBe(text);
});
