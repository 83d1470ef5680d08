/**
 * `npm run examples`: asks the running samples, on a day that is always the same, and writes the answers as the examples of the OpenAPI
 * document.
 */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from '../drawing/imports.ts';
import { atService, type Outputs } from '../service/at-service.ts';
import { type Answered, answersOf } from './ask.ts';
import { stabiliser } from './stable.ts';

const EXAMPLES = 'functions/contracts/openapi/examples.json';

/** The sample owners are of two days before: nothing of theirs is moved. */
const NOON = Date.UTC(2026, 10, 22, 12);
const CLOCK = new URL('../../test/dates/clock.mjs', import.meta.url);

CLOCK.search = `?shift=${NOON - Date.now()}`;
await atService(async (outputs) => writeFileSync(join(ROOT, EXAMPLES), await recorded(outputs)), {
  NODE_OPTIONS: `--import=${CLOCK}`,
});

/** The file of the examples. */
async function recorded(service: Outputs): Promise<string> {
  const { receiver, answers } = await answersOf(service);
  const catalogue = answers.find(({ step }) => step.of === 'getCatalogue')?.body as { catalogueVersion: string };
  const today = new Date(NOON).toISOString().slice(0, 10);
  const made = { baseUrl: service.ApiUrl, receiver, builtIn: catalogue.catalogueVersion, today };
  return `${JSON.stringify(byName(answers, stabiliser(made)), null, 1)}\n`;
}

/** Answers by operation and status, problems by code: of each the first. */
function byName(answers: readonly Answered[], stable: ReturnType<typeof stabiliser>) {
  const [examples, problems] = [new Map<string, unknown>(), new Map<string, unknown>()];
  for (const { step, status, body } of answers) {
    const code = status >= 400 ? (body as { code: string }).code : undefined;
    const isFirst = code !== undefined && !problems.has(code);
    // Of an answer that is not shown no id is counted: how many changes it lists depends on which imports came together.
    if (!isFirst && step.of === undefined) continue;
    const value = stable(body, step.few);
    if (isFirst) problems.set(code, value);
    if (step.of !== undefined) examples.set(`${step.of} ${status}`, value);
  }
  return { answers: Object.fromEntries(examples), problems: Object.fromEntries(problems) };
}
