/** What the routes below `/v1/imports` take and answer: the outcome of an import, and which were refused. */
import * as z from 'zod';
import { askedImportId, importId } from './import-id.ts';
import { IMPORTS_OF_A_PAGE, LONGEST_CURSOR, MOST_IMPORTS_OF_A_PAGE } from './limits.ts';
import { owner } from './owners.ts';
import { statementReport } from './statements.ts';

export const REFUSED_IMPORTS_PARAMETERS = {
  status: z.literal('refused').meta({ description: 'Only refused imports can be listed' }),
  limit: z
    .int()
    .min(1)
    .max(MOST_IMPORTS_OF_A_PAGE)
    .default(IMPORTS_OF_A_PAGE)
    .meta({ description: 'The largest number of imports; a page may have fewer' }),
  cursor: z
    .string()
    .min(1)
    .max(LONGEST_CURSOR)
    .meta({ description: 'Where the page before ended, as its answer says' }),
} as const;

const at = z.iso
  .datetime()
  .meta({ description: 'When it was joined or refused', examples: ['2026-11-21T10:15:31.000Z'] });
const reason = z.string().meta({ description: 'A stable code', examples: ['INVALID_MESSAGE'] });
const detail = z
  .string()
  .meta({ description: 'What is wrong and where', examples: ['accounts[0].currencyName: is missing'] });

export const importStatusAnswer = z.object({
  importId: askedImportId,
  status: z.enum(['joined', 'refused', 'unknown']).meta({
    description:
      '`unknown`: not processed yet, of no import that was sent, or not among the last 16 joined imports of the owner',
  }),
  at: at.nullable(),
  reason: reason.nullable(),
  detail: detail.nullable(),
  report: statementReport
    .optional()
    .meta({ description: 'Of a large file that was uploaded: how it was read, for 14 days' }),
});

export const refusedImportsAnswer = z.object({
  imports: z.array(
    z.object({
      importId,
      ownerExternalId: owner.nullable().meta({ description: 'Null: the message named none that could be one' }),
      at,
      reason,
      detail,
    }),
  ),
  cursor: z.string().nullable().meta({ description: 'For the next page; null: this is the last' }),
});
