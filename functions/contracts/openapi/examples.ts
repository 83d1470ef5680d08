/** The examples of the document: answers of the running sample owners, as `npm run examples` writes them. */
import { DESCRIBED_PROBLEMS } from '../http/problem-texts.ts';
import { problem } from '../http/problems.ts';
import recorded from './examples.json' with { type: 'json' };
import type { JsonSchema } from './schemas.ts';

const EXAMPLE = { requestId: 'c6af9ac6-7b61-11e6-9a41-93e8deadbeef', baseUrl: 'https://profiles.example.com' };
const ANSWERS: Readonly<Record<string, unknown>> = recorded.answers;
const PROBLEMS: Readonly<Record<string, unknown>> = recorded.problems;

/** The answer of an operation with this status; undefined where it is a document or a page. */
export function answerExample(operationId: string, status: number): unknown {
  return ANSWERS[`${operationId} ${status}`];
}

/** One of each code that an operation has. Those that no request brings about by itself say when they come. */
export function problemExamples(): Readonly<Record<string, JsonSchema>> {
  return Object.fromEntries(
    DESCRIBED_PROBLEMS.filter(({ code }) => code !== 'ROUTE_NOT_FOUND').map(({ code, title, when }) => [
      code,
      { summary: title, value: PROBLEMS[code] ?? problem(code, when, EXAMPLE) },
    ]),
  );
}
