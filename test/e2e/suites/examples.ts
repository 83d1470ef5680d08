/**
 * The examples of the OpenAPI document, asked again on the running samples. Their values are those of one day and one catalogue, so of what
 * depends on either the form alone is compared; ids, days and instants are so everywhere. `tools/examples/steps.ts` has the requests.
 */
import recorded from '../../../functions/contracts/openapi/examples.json' with { type: 'json' };
import { answersOf } from '../../../tools/examples/ask.ts';
import { stabiliser } from '../../../tools/examples/stable.ts';
import type { Running } from '../support/service.ts';
import { expectManners } from './manners.ts';

const ANSWERS: Readonly<Record<string, unknown>> = recorded.answers;
const PROBLEMS: Readonly<Record<string, unknown>> = recorded.problems;

/** Answers that neither the day nor the catalogue nor what was asked before changes. */
const THE_SAME =
  /^(uploadOwner|uploadStatements|getImportStatus|createWebhook|getWebhook|changeWebhook|rotateWebhookSecret|testWebhook|listDeliveries|retryDelivery) /;

/** Ids, days and instants as such; everything else stays. */
function plain(value: unknown): unknown {
  const text = JSON.stringify(value)
    .replace(/01JD9YB2M0\w{16}|k\d{13}|5fea7756-0ea4-451a-a703-\d{12}/g, 'ID')
    .replace(/\d{4}-\d{2}-\d{2}(T[\d:.]+Z)?/g, (_, time) => (time === undefined ? 'DAY' : 'INSTANT'));
  return JSON.parse(text);
}

/** Where and of which type each value is; what may be null, and lists, have the types of all that is there. */
function formOf(value: unknown, path = '$', form = new Map<string, Set<string>>()): Map<string, Set<string>> {
  if (Array.isArray(value)) for (const item of value) formOf(item, `${path}[]`, form);
  else if (typeof value === 'object' && value !== null)
    for (const [name, inner] of Object.entries(value)) formOf(inner, `${path}.${name}`, form);
  else form.set(path, (form.get(path) ?? new Set()).add(value === null ? 'null' : typeof value));
  return form;
}

/** Fields whose names are the data's, not the schema's; rules, which have many forms; and parts that are only there where they apply. */
const OPEN =
  /\.(features|quantiles|whatIf|wouldChange|wouldKeep|transactionsOmitted|conditions|transactions|rule|enter|stay)\b/;

/** Of what an empty list would hold nothing can be said. */
function isInList(path: string, form: ReadonlyMap<string, unknown>): boolean {
  const end = path.lastIndexOf('[]');
  return end === -1 || [...form.keys()].some((other) => other.startsWith(path.slice(0, end + 2)));
}

function differences(example: unknown, answer: unknown): string[] {
  const [expected, found] = [formOf(example), formOf(answer)];
  return [...new Set([...expected.keys(), ...found.keys()])].flatMap((path) => {
    if (OPEN.test(path)) return [];
    const [one, other] = [expected.get(path), found.get(path)];
    if (!one || !other) {
      return isInList(path, one ? found : expected) ? [`${path}: ${one ? 'missing' : 'new'}`] : [];
    }
    const types = new Set([...one, ...other].filter((type) => type !== 'null'));
    return types.size > 1 ? [`${path}: ${[...types].join(' or ')}`] : [];
  });
}

export function examples(service: () => Running): void {
  test('the examples of the document are what the samples answer, with the manners of HTTP (npm run examples)', async () => {
    const { outputs } = service();
    const { receiver, answers } = await answersOf(outputs, (answered) => expectManners(service(), answered));
    const catalogue = answers.find(({ step }) => step.of === 'getCatalogue')?.body as { catalogueVersion: string };
    const stable = stabiliser({
      baseUrl: outputs.ApiUrl,
      receiver,
      builtIn: catalogue.catalogueVersion,
      today: 'no day',
    });
    const seen = new Set<string>();
    for (const { step, status, body } of answers) {
      const answer = stable(body, step.few);
      if (status >= 400) {
        const { code } = answer as { code: string };
        if (!seen.has(code)) expect(plain(answer)).toEqual(plain(PROBLEMS[code]));
        seen.add(code);
      } else if (step.of !== undefined) {
        const name = `${step.of} ${status}`;
        if (THE_SAME.test(name))
          expect({ name, answer: plain(answer) }).toEqual({ name, answer: plain(ANSWERS[name]) });
        else expect([name, ...differences(ANSWERS[name], answer)]).toEqual([name]);
      }
    }
    expect([...seen].sort()).toEqual(Object.keys(PROBLEMS).sort());
  });
}
