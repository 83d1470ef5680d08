/** Optional fields of a message whose names are misspelt: unknown fields are ignored, and so their values are lost. */
import { accountSchema, importMessageSchema, transactionSchema } from '../functions/contracts/import/import-message.ts';
import { nearest } from '../functions/domain/values/nearest.ts';

const MESSAGE = Object.keys(importMessageSchema.shape);
const ACCOUNT = Object.keys(accountSchema.shape);
const TRANSACTION = Object.keys(transactionSchema.shape);

/** One sentence for each name that is close to one that is known, such as "`cover`: unknown, did you mean `covers`?". */
export function misspelt(message: Readonly<Record<string, unknown>>): string[] {
  const found = new Map<string, string>();
  const look = (value: unknown, names: readonly string[]) => {
    if (typeof value !== 'object' || value === null) return;
    for (const name of Object.keys(value)) {
      if (names.includes(name) || found.has(name)) continue;
      const likely = nearest(name, names);
      if (likely !== undefined && !(likely in value)) found.set(name, likely);
    }
  };
  const listOf = (value: unknown): unknown[] => (Array.isArray(value) ? value : []);
  look(message, MESSAGE);
  for (const account of listOf(message['accounts'])) {
    look(account, ACCOUNT);
    for (const row of listOf((account as { transactions?: unknown } | null)?.transactions)) look(row, TRANSACTION);
  }
  return [...found].map(([name, likely]) => `\`${name}\`: unknown, did you mean \`${likely}\`?`);
}
