/** What `POST /v1/owner/statements` takes and answers: a bank's file as the body. */
import * as z from 'zod';
import { importId } from './import-id.ts';
import { MOST_LARGE_BYTES } from './limits.ts';
import { day } from './owners.ts';

export const STATEMENT_PARAMETERS = {
  format: z.string().meta({
    description: 'Name of the format, such as `mt940`; detected by the content when it is not given',
    examples: ['mt940'],
  }),
  mapping: z.string().meta({
    description: 'What the columns of a CSV or a workbook mean: the name of a preset of a bank, or a mapping as JSON',
    examples: ['mbank'],
  }),
  account: z
    .string()
    .min(1)
    .max(64)
    .meta({
      description: 'Number of the account, for files that do not name it',
      examples: ['PL61109010140000071219812874'],
    }),
  currency: z
    .string()
    .regex(/^[A-Z]{3}$/)
    .meta({ description: 'Currency of the account, for files that do not name it', examples: ['PLN'] }),
  encoding: z
    .string()
    .meta({ description: 'Character set of the file; detected when it is not given', examples: ['windows-1250'] }),
  wholeDays: z.literal('true').meta({
    description: 'Treat the first and last day of every statement as complete, whatever its balances say',
  }),
} as const;

/** Of the same route, for files too large for a request. */
export const LARGE_PARAMETER = {
  large: z.literal('true').meta({
    description: 'Asks for a URL to put a file that is too large for a request; then the request has no body',
  }),
} as const;

export const statementReport = z.object({
  format: z.string().meta({
    description: 'How the file was read; several formats of an archive are separated by commas',
    examples: ['mt940'],
  }),
  accounts: z.array(
    z.object({
      account: z
        .string()
        .meta({ description: 'Masked but for its last four characters', examples: ['••••••••••••••••••••••••2874'] }),
      currencyName: z.string().meta({ examples: ['PLN'] }),
      from: day('First day that is claimed', '2026-11-01'),
      to: day('Last day that is claimed', '2026-11-20'),
      transactions: z
        .int()
        .min(0)
        .meta({ description: 'Rows of these days', examples: [12] }),
    }),
  ),
  warnings: z.array(z.string()).meta({
    description: 'Rows that were left out and why, and whatever else is odd: a sentence each',
  }),
});

export const statementsAnswer = z.object({
  requestId: z.string().min(1).meta({ description: 'The same as in `X-Request-Id`' }),
  importIds: z.array(importId).meta({ description: 'The imports that are queued; none when no day could be claimed' }),
  report: statementReport,
});

export const statementsUploadAnswer = z.object({
  requestId: z.string().min(1).meta({ description: 'The same as in `X-Request-Id`' }),
  importId: importId.meta({ description: 'Id to ask for the outcome of the file' }),
  url: z.string().meta({
    description:
      'Put the file here, as the body of a `PUT` without a key. Anyone who has the URL may do so until it expires',
    examples: ['https://bucket.s3.eu-central-1.amazonaws.com/uploads/…?X-Amz-Signature=…'],
  }),
  expiresAt: z.iso.datetime().meta({ examples: ['2026-11-22T12:15:00.000Z'] }),
  mostBytes: z.int().meta({ description: 'Of the file, and of what it unpacks to', examples: [MOST_LARGE_BYTES] }),
});

export type StatementReport = z.infer<typeof statementReport>;
