/**
 * Bodies that are known and are no import messages: an envelope that was not unpacked, an answer of an aggregator, a
 * bank's file. A refusal names them, with the way out, instead of listing every field that they lack.
 */

type Known<Body> = { readonly is: (body: Body) => boolean; readonly says: string };
type Fields = { readonly [name: string]: unknown };

const AS_FILE = 'send it to POST /v1/owner/statements, or read it with `owner-profiles import`';
const AS_OTHER_FILE = `ask the bank for camt.053, MT940 or CSV, and ${AS_FILE}`;
const anAnswer = (of: string) => `is an answer of ${of}; ${AS_FILE}`;

const begins =
  (...starts: readonly string[]) =>
  (text: string) =>
    starts.some((start) => text.startsWith(start));

/** By the first characters, also as Base64, which is how bytes come through a queue. */
const TEXTS: readonly Known<string>[] = [
  { is: begins('%PDF-', 'JVBERi0'), says: `is a PDF; ${AS_OTHER_FILE}` },
  { is: begins('PK\u0003\u0004', 'UEsDB'), says: `is a ZIP (or a workbook); ${AS_FILE}` },
  {
    is: begins('\u001f\u008b', 'H4sI'),
    says:
      'is gzip, and a message is JSON as it is: send a large import as an object of the payload bucket (accountsAt), ' +
      'or to POST /v1/owner with Content-Encoding: gzip',
  },
  { is: begins('<'), says: `is XML; if it is a bank's file, ${AS_FILE}` },
  { is: (text) => /^(?:\{1:|:20:|:25:)/.test(text), says: `is MT940; ${AS_FILE}` },
  { is: begins('OFXHEADER:'), says: `is OFX; ${AS_FILE}` },
];

const VALUES: readonly Known<unknown>[] = [
  { is: Array.isArray, says: 'is a list; send each import as its own message' },
  {
    is: (value) => typeof value === 'string' && /^\s*\{/.test(value),
    says: 'is a text with JSON in it: it was encoded twice; send the object itself',
  },
  {
    is: ofFields(({ Type, TopicArn, Message }) => isText(Message) && (Type === 'Notification' || isText(TopicArn))),
    says:
      'is an SNS envelope; send the content of its field "Message" ' +
      '(raw message delivery of the subscription does so)',
  },
  {
    is: ofFields((fields) => isText(fields['detail-type']) && 'detail' in fields),
    says:
      'is an EventBridge envelope; send the content of its field "detail" ' +
      '(the input path $.detail of the rule’s target does so)',
  },
  {
    is: ofFields(({ specversion, data }) => isText(specversion) && data !== undefined),
    says: 'is a CloudEvents envelope; send the content of its field "data"',
  },
  {
    is: ofFields(({ Records, Event }) => Event === 's3:TestEvent' || eventSourceOf(Records) === 'aws:s3'),
    says: 'is a notification of S3; name the object by "accountsAt" of an import message',
  },
  {
    is: ofFields(({ Records }) => eventSourceOf(Records) !== undefined),
    says: 'is an event with records; send the body of each record as its own message',
  },
  {
    is: ofFields(
      ({ transactions }) => isObject(transactions) && ('booked' in transactions || 'pending' in transactions),
    ),
    says: anAnswer('a Berlin Group API (or GoCardless)'),
  },
  {
    is: ofFields(({ Data }) => isObject(Data) && ('Transaction' in Data || 'Account' in Data)),
    says: anAnswer('UK Open Banking'),
  },
  {
    is: ofFields(({ added, modified, removed }) => [added, modified, removed].some(Array.isArray)),
    says: anAnswer('Plaid'),
  },
  { is: ofFirst('transactions', 'transaction_amount'), says: anAnswer('Enable Banking') },
  { is: ofFirst('transactions', 'transaction_id'), says: anAnswer('Plaid') },
  { is: ofFirst('transactions', 'dates'), says: anAnswer('Tink') },
  { is: ofFirst('data', 'made_on'), says: anAnswer('Salt Edge') },
];

/** What a text that is no JSON is, by its beginning; `undefined` when it is nothing known. */
export function foreignText(text: string): string | undefined {
  const start = text.slice(0, 64).trimStart();
  return TEXTS.find(({ is }) => is(start))?.says;
}

/** What a JSON value is that is no import message; `undefined` when it is nothing known. */
export function foreignValue(value: unknown): string | undefined {
  if (isObject(value) && value['type'] === 'owner-import') return undefined;
  return VALUES.find(({ is }) => is(value))?.says;
}

function ofFields(is: (fields: Fields) => boolean): (value: unknown) => boolean {
  return (value) => isObject(value) && is(value);
}

/** Whether the first entry of a list has a field of that name. */
function ofFirst(list: string, field: string): (value: unknown) => boolean {
  return ofFields(({ [list]: entries }) => Array.isArray(entries) && isObject(entries[0]) && field in entries[0]);
}

function eventSourceOf(records: unknown): string | undefined {
  const [first] = Array.isArray(records) ? records : [];
  const source = isObject(first) ? first['eventSource'] : undefined;
  return isText(source) ? source : undefined;
}

function isObject(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isText(value: unknown): value is string {
  return typeof value === 'string';
}
