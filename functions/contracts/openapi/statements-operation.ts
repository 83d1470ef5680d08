/** The operation that takes a bank's file. */
import { MOST_BODY_BYTES, MOST_LARGE_BYTES, MOST_STATEMENT_BYTES } from '../http/limits.ts';
import { LARGE_PARAMETER, STATEMENT_PARAMETERS } from '../http/statements.ts';
import type { Operation } from './operation.ts';

const MEBIBYTE = 1024 * 1024;

const MT940 = [
  ':20:STATEMENT',
  ':25:DE89370400440532013000',
  ':28C:11/1',
  ':60F:C261031EUR100,00',
  ':61:2611191119D49,99NMSCNONREF',
  ':86:ZOOPLUS.DE MUENCHEN',
  ':62F:C261120EUR50,01',
  '-\n',
].join('\n');

/** Of Revolut, which names no account: `account` does. */
const CSV = [
  'Type,Product,Started Date,Completed Date,Description,Amount,Fee,Currency,State,Balance',
  'CARD_PAYMENT,Current,2026-11-08 18:01:00,2026-11-09 03:12:00,Zooplus,-42.50,0.00,EUR,COMPLETED,57.50',
  'CARD_PAYMENT,Current,2026-11-09 18:01:00,2026-11-10 03:12:00,Bakery,-7.50,0.00,EUR,COMPLETED,50.00',
  'TRANSFER,Current,2026-11-11 09:00:00,2026-11-11 09:00:00,From Anna,10.00,0.00,EUR,COMPLETED,60.00\n',
].join('\n');

export const STATEMENTS_OPERATION: Operation = {
  operationId: 'uploadStatements',
  summary: "Uploads a bank's file of an owner",
  description: [
    'The file is read, checked as a whole and queued durably; answers change within moments. Its format is known by its content,',
    'never by a name or a `Content-Type`, which may be any. Of a file with a fault nothing is taken, and the answer names the line or',
    'the element at fault in `errors[].path`. What a file does not say is said by parameters: where one is needed and missing, the',
    'answer names format and parameter.',
    '\n\nOnly days that the file shows to be whole are claimed. Rows of other days are left out, and `report.warnings` names the',
    'day, the number of rows and what would complete it. Files in one archive are joined. A file that shows no whole day is taken',
    'with no import.',
    `\n\nThe file may be gzipped, with \`Content-Encoding: gzip\` or as a gzip file. At most ${MOST_BODY_BYTES / MEBIBYTE} MiB as sent`,
    `and ${MOST_STATEMENT_BYTES / MEBIBYTE} MiB unpacked. The source is OWNER_UPLOAD; \`importedAt\` is when the bank made the file, if`,
    'it says so, else the time of its arrival.',
    '\n\nLarger files: ask with `large=true` and without a body, then `PUT` the file to the `url` of the answer. Its arrival starts the',
    `reading; it may have ${MOST_LARGE_BYTES / MEBIBYTE} MiB, as it is and unpacked. \`GET /v1/imports/{importId}\` says its outcome:`,
    '`joined`, with the `report`, or `refused` with the reason. A file that becomes several imports has the others under ids that',
    'begin with this one. A file that is not there when the URL expires, or that is of an owner who was erased since, is not read.',
  ].join(' '),
  tags: ['imports'],
  parameters: ['ownerExternalId'],
  query: { ...STATEMENT_PARAMETERS, ...LARGE_PARAMETER },
  body: {
    // A large file is put to the address of the answer.
    required: false,
    description: 'The file as the bank made it',
    content: {
      'application/octet-stream': { schema: { type: 'string', format: 'binary' } },
      'text/plain': {
        schema: { type: 'string' },
        examples: { mt940: { summary: 'MT940', value: MT940 }, csv: { summary: 'CSV', value: CSV } },
      },
    },
  },
  successes: [
    { status: 200, description: 'Where to put a large file', schema: 'StatementsUpload', headers: ['Location'] },
    { status: 202, description: 'The imports are queued durably', schema: 'StatementsAccepted' },
  ],
  problems: [
    'INVALID_OWNER_EXTERNAL_ID',
    'INVALID_PARAMETER',
    'INVALID_PAYLOAD',
    'PAYLOAD_TOO_LARGE',
    'UNSUPPORTED_MEDIA_TYPE',
  ],
};
