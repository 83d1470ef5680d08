/** When snapshots are taken and how they are asked: settings of a stage. */
import { z } from 'zod';
import { sqlColumn } from '../functions/contracts/runs/sql-columns.ts';

/** When the snapshots of the night are taken. Where UTC has the same date all year round, they are of that day. */
export const NIGHTLY = z.strictObject({
  hour: z.int().min(0).max(23),
  minute: z.int().min(0).max(59),
  timeZone: z.string().min(1),
});

const features = z
  .array(z.string().refine(sqlColumn, 'must be a feature such as cafe.count 180d'))
  .min(1)
  .max(60)
  .superRefine((texts, { addIssue }) => {
    const columns = texts.map((text) => sqlColumn(text)?.name);
    for (const [at, column] of columns.entries()) {
      if (columns.indexOf(column) < at) addIssue({ code: 'custom', path: [at], message: `is ${column} once more` });
    }
  });

/** Whether the Parquet files of snapshots are a table of Athena; with features: these are columns of a second one. */
export const ATHENA = z.union([z.boolean(), z.strictObject({ features })], {
  error: 'must be true, false or a list of features such as {features: [cafe.count 180d]}',
});
