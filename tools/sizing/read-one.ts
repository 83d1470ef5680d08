/** Reads one file as the functions do, in a separate process, and prints the cost. Arguments: file, bytes that it may unpack to. */
import { readFileSync } from 'node:fs';
import { MOST_STATEMENT_BYTES } from '../../functions/contracts/http/limits.ts';
import { RefusedError } from '../../functions/runtime/errors.ts';
import { readUpload } from '../../functions/use-cases/imports/read-upload.ts';

const [file = '', most = String(MOST_STATEMENT_BYTES)] = process.argv.slice(2);
const bytes = readFileSync(file);
const account = file.includes('gpc') ? undefined : 'DE89370400440532013000';
const given = { account, currency: 'EUR', wholeDays: true, mostBytes: Number(most) };
const name = file.includes('xlsx') ? { mapping: mappingOfColumns() } : {};
const before = process.cpuUsage();
let rows = 0;
let refused: string | undefined;
try {
  const upload = { clientId: 'demo', ownerExternalId: 'a', bytes, ...given, ...name };
  const { messages } = readUpload(upload, Date.UTC(2026, 10, 29), () => 'i');
  // As they are sent.
  rows = messages.map((message) => JSON.stringify(message).length && rowsOf(message)).reduce((a, b) => a + b, 0);
} catch (error) {
  if (!(error instanceof RefusedError)) throw error;
  refused = (error.errors?.[0]?.message ?? error.message).slice(0, 120);
}
const { user, system } = process.cpuUsage(before);
const rssMb = process.resourceUsage().maxRSS / 1024;
process.stdout.write(JSON.stringify({ seconds: (user + system) / 1e6, rssMb, rows, refused }));

function rowsOf({ accounts }: { readonly accounts: readonly { readonly transactions: readonly unknown[] }[] }): number {
  return accounts.reduce((sum, { transactions }) => sum + transactions.length, 0);
}

function mappingOfColumns(): string {
  const columns = {
    bookedOn: 'Date',
    title: 'Description',
    amount: 'Amount',
    balance: 'Balance',
    currencyName: 'Currency',
  };
  return JSON.stringify({ columns, dates: 'YMD', decimal: '.' });
}
