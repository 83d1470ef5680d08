/** Import messages and the bodies of uploads: valid by their JSON Schema, meaningful, and corrupted. */
import fc from 'fast-check';
import * as z from 'zod';
import { importMessageSchema, ownerUploadSchema } from '../../functions/contracts/import/import-message.ts';
import { allowedBy, DAY, type Schema } from './from-schema.ts';
import { BUCKET } from './functions.ts';
import { changed, ERASED, LASTING, NASTY_TEXT } from './values.ts';

const jsonSchema = (schema: z.ZodType) => z.toJSONSchema(schema, { io: 'input' }) as Schema;
const refused = (ref: string): never => {
  throw new Error(`no references are expected, found ${ref}`);
};
const BY_SCHEMA = allowedBy(jsonSchema(importMessageSchema), refused) as fc.Arbitrary<Record<string, unknown>>;
const UPLOAD_BY_SCHEMA = allowedBy(jsonSchema(ownerUploadSchema), refused);

const IBANS = [
  'PL61109010140000071219812874',
  'DE89370400440532013000',
  'GB29NWBK60161331926819',
  'ES9121000418450200051332',
];
const TITLES = ['ZOOPLUS.PL MUENCHEN', 'LIDL 123', 'WYNAGRODZENIE', 'NETFLIX.COM', 'BOLT.EU', '', 'Żółw \u{1f422}'];

const row = fc.record(
  {
    bookedOn: DAY,
    transactionOn: DAY,
    currencyAmount: fc.oneof(
      fc.integer({ min: -900_000, max: 900_000 }).map((cents) => (cents / 100).toFixed(2)),
      fc.integer({ min: -5_000, max: 5_000 }),
    ),
    title: fc.constantFrom(...TITLES),
    party: fc.constantFrom(...TITLES),
    kind: fc.constantFrom('CARD', 'TRANSFER', ''),
    status: fc.constantFrom('DONE', 'PENDING'),
    merchantCategoryCode: fc.constantFrom('5995', '5411', '0000'),
    labels: fc.array(fc.constantFrom('pets', 'rent', 'x'), { maxLength: 3 }),
  },
  { requiredKeys: ['bookedOn', 'currencyAmount', 'title'] },
);
const account = fc
  .record({ currencyName: fc.constantFrom('PLN', 'EUR', 'GBP', 'XYZ'), transactions: fc.array(row, { maxLength: 12 }) })
  .map((value) => value);
/** Meaningful accounts: every account once, every day of the calendar. */
const accounts = fc
  .array(account, { maxLength: 3 })
  .map((list) => list.map((each, at) => ({ iban: IBANS[at], ...each })));

const ownerId = fc.oneof(
  fc.constantFrom(...LASTING, ...ERASED),
  fc.string({ minLength: 1, maxLength: 20 }).filter(usable),
);
const importedAt = fc.integer({ min: 0, max: 86_400_000 }).map((ms) => new Date(Date.now() - ms).toISOString());

const GOOD_UPLOAD = fc.record(
  { ownerExternalId: ownerId, accounts, importedAt },
  { requiredKeys: ['ownerExternalId', 'accounts'] },
);
const GOOD_MESSAGE = fc.record({
  type: fc.constant('owner-import'),
  version: fc.constant(1),
  clientId: fc.constant('demo'),
  importId: fc.string({ minLength: 1, maxLength: 26 }),
  ownerExternalId: ownerId,
  source: fc.constantFrom('AIS', 'PDF', 'OWNER_UPLOAD'),
  importedAt,
  accounts,
});

/** Keys of the bucket, the existing ones first. */
export const OBJECTS = [
  'imports/demo/good.json',
  'imports/good.json.gz',
  'imports/half.json.gz',
  'imports/text',
  'imports/other/theirs.json',
] as const;
const place = fc.oneof(
  fc.record({
    bucket: fc.constant(BUCKET),
    key: fc.constantFrom<string>(...OBJECTS, 'imports/none.json', 'imports/../x', 'x', '/imports/x'),
  }),
  fc.record({
    bucket: fc.constantFrom('elsewhere', '169.254.169.254', 'http://localhost', ''),
    key: fc.constantFrom<string>(...OBJECTS),
  }),
  fc.record({ bucket: fc.constant(BUCKET), key: NASTY_TEXT.map((text) => `imports/${text}`) }),
);
const elsewhere = fc
  .tuple(GOOD_MESSAGE, place)
  .map(([{ accounts: _, ...message }, accountsAt]) => ({ ...message, accountsAt }));

export type MessageCase = { readonly body: string; readonly good: boolean };

const asText = (value: unknown) => JSON.stringify(value) ?? 'null';
const forClient = fc.constantFrom('demo', 'demo', 'demo', 'other', 'disabled', 'nobody', '__proto__', 'demo#owner#x');

export const MESSAGE: fc.Arbitrary<MessageCase> = fc.oneof(
  { weight: 4, arbitrary: GOOD_MESSAGE.map((message) => ({ body: asText(message), good: true })) },
  {
    weight: 3,
    arbitrary: changed(fc.oneof(GOOD_MESSAGE, elsewhere)).map((message) => ({ body: asText(message), good: false })),
  },
  {
    weight: 2,
    arbitrary: fc
      .tuple(BY_SCHEMA, forClient)
      .map(([message, clientId]) => ({ body: asText({ ...message, clientId }), good: false })),
  },
  { weight: 1, arbitrary: elsewhere.map((message) => ({ body: asText(message), good: false })) },
  { weight: 1, arbitrary: cut(GOOD_MESSAGE).map((body) => ({ body, good: false })) },
);

export type UploadCase = { readonly text: string; readonly good: boolean };

export const UPLOAD: fc.Arbitrary<UploadCase> = fc.oneof(
  { weight: 4, arbitrary: GOOD_UPLOAD.map((value) => ({ text: asText(value), good: true })) },
  { weight: 3, arbitrary: changed(GOOD_UPLOAD).map((value) => ({ text: asText(value), good: false })) },
  { weight: 2, arbitrary: UPLOAD_BY_SCHEMA.map((value) => ({ text: asText(value), good: false })) },
  { weight: 1, arbitrary: cut(GOOD_UPLOAD).map((text) => ({ text, good: false })) },
);

/** A text that ends too early, contains something that JSON does not have, or is not JSON at all. */
export function cut(document: fc.Arbitrary<unknown>): fc.Arbitrary<string> {
  return fc.oneof(
    fc.tuple(document, fc.nat(2_000)).map(([value, at]) => asText(value).slice(0, at)),
    fc.tuple(document, fc.nat(2_000), NASTY_TEXT).map(([value, at, text]) => `${asText(value).slice(0, at)}${text}`),
    fc.integer({ min: 1, max: 20_000 }).map((deep) => '['.repeat(deep) + ']'.repeat(deep)),
    fc.json({ maxDepth: 4 }),
    fc.string({ unit: 'binary', maxLength: 100 }),
  );
}

function usable(text: string): boolean {
  return !/\p{Cc}/u.test(text) && text.isWellFormed();
}
