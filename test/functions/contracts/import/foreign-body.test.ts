import { foreignText, foreignValue } from '../../../../functions/contracts/import/foreign-body.ts';

const message = { type: 'owner-import', version: 1, accounts: [] };
const base64 = (text: string) => Buffer.from(text, 'latin1').toString('base64');
const first = (text: string | undefined) => text?.split(/[,;:]/)[0];

test.each([
  ['%PDF-1.7\n', 'is a PDF'],
  [base64('%PDF-1.7\n%âãÏÓ'), 'is a PDF'],
  ['PK\u0003\u0004\u0014', 'is a ZIP (or a workbook)'],
  [base64('PK\u0003\u0004\u0014\u0000'), 'is a ZIP (or a workbook)'],
  [base64('\u001f\u008b\u0008\u0000'), 'is gzip'],
  ['<?xml version="1.0"?><Document/>', 'is XML'],
  [':20:STARTUMS\r\n:25:1/2', 'is MT940'],
  ['OFXHEADER:100', 'is OFX'],
  ['hello', undefined],
  ['{"type":"owner-import"', undefined],
  ['', undefined],
])('the text %j is named', (text, name) => {
  expect(first(foreignText(text))).toBe(name);
});

test.each<[object | string | number | null, string | undefined]>([
  [
    { Type: 'Notification', TopicArn: 'arn:aws:sns:eu-central-1:1:t', Message: JSON.stringify(message) },
    'is an SNS envelope',
  ],
  [{ source: 'bank', 'detail-type': 'import', detail: message }, 'is an EventBridge envelope'],
  [{ specversion: '1.0', type: 'import', data: message }, 'is a CloudEvents envelope'],
  [{ Records: [{ eventSource: 'aws:s3', s3: {} }] }, 'is a notification of S3'],
  [{ Service: 'Amazon S3', Event: 's3:TestEvent' }, 'is a notification of S3'],
  [{ Records: [{ eventSource: 'aws:sqs', body: '{}' }] }, 'is an event with records'],
  [{ transactions: { booked: [], pending: [] } }, 'is an answer of a Berlin Group API (or GoCardless)'],
  [{ transactions: [{ transaction_amount: { amount: '1' } }] }, 'is an answer of Enable Banking'],
  [{ Data: { Transaction: [] }, Links: {} }, 'is an answer of UK Open Banking'],
  [{ added: [], modified: [], removed: [], next_cursor: 'x' }, 'is an answer of Plaid'],
  [{ transactions: [{ dates: { booked: '2026-11-01' } }] }, 'is an answer of Tink'],
  [{ data: [{ made_on: '2026-11-01' }] }, 'is an answer of Salt Edge'],
  [[message], 'is a list'],
  [JSON.stringify(message), 'is a text with JSON in it'],
  [{ ...message, 'detail-type': 'x', detail: 1 }, undefined],
  [{ accounts: [] }, undefined],
  [{ Records: [null] }, undefined],
  [null, undefined],
  [17, undefined],
])('the value %j is named', (value, name) => {
  expect(first(foreignValue(value))).toBe(name);
});

test('each refusal says the way out', () => {
  expect(foreignText('%PDF-1.4')).toBe(
    'is a PDF; ask the bank for camt.053, MT940 or CSV, and send it to ' +
      'POST /v1/owner/statements, or read it with `owner-profiles import`',
  );
  expect(foreignValue({ Type: 'Notification', Message: '{}' })).toBe(
    'is an SNS envelope; send the content of its field "Message" (raw message delivery of the subscription does so)',
  );
});
