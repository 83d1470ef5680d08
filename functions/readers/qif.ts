/** QIF, the format of Quicken: records of lines, each with a letter in front, ended by `^`. */
import { formatDay } from '../domain/values/day.ts';
import { accountNamed, ibanIn } from './account-number.ts';
import { amountIn, type DateForm, type DecimalMark, dayIn } from './csv/cells.ts';
import { dateFormsOf, decimalMarkOf } from './csv/guess-mapping.ts';
import { decodeSaying } from './encoding.ts';
import { lacks, ReaderError } from './reader-error.ts';
import {
  likelyDaysOf,
  type Reader,
  type Reading,
  type Statement,
  type Transaction,
  warnOfEnds,
  withWarnings,
} from './statement.ts';
import { clean, refuseTooLarge, refuseTooMany, withoutBlanks } from './text.ts';

export const qif: Reader = {
  name: 'qif',
  title: 'QIF',
  detect: ({ text }) => /^!(?:Type|Account|Option|Clear)/i.test(text),
  read: (bytes, options) => withWarnings(options, (reading) => readFile(bytes, reading)),
};

/** Lists of transactions of accounts; others (investments, categories, prices) are no bank's. */
const LISTS = /^!type:\s{0,5}(?:bank|cash|ccard|oth a|oth l)/i;

type Entry = {
  readonly fields: ReadonlyMap<string, string>;
  readonly line: number;
  readonly account: string | undefined;
};

function readFile(bytes: Uint8Array, reading: Reading) {
  refuseTooLarge(bytes);
  const { text, encoding } = decodeSaying(bytes, reading);
  const entries = entriesOf(text, reading);
  if (entries.length === 0) throw new ReaderError('QIF contains no transactions of an account', { line: 1 });
  const dates = formOf(entries, reading);
  const decimal = decimalMarkOf(entries.map(({ fields }) => fields.get('T') ?? ''));
  const statements = [...Map.groupBy(entries, ({ account }) => account)].map(([name, ofAccount]) =>
    statementOf(name, ofAccount, dates, decimal, reading),
  );
  return { format: qif.name, encoding, source: 'PDF' as const, statements };
}

function entriesOf(text: string, { warn }: Reading): Entry[] {
  const entries: Entry[] = [];
  let [list, account] = ['', undefined as string | undefined];
  let fields = new Map<string, string>();
  let line = 0;
  for (const full of text.split(/\r\n|\r|\n/)) {
    line++;
    const printed = full.trim();
    if (printed.startsWith('!')) {
      if (!/^!(?:option|clear)/i.test(printed)) list = printed;
      if (/^!type:/i.test(printed) && !LISTS.test(printed))
        warn(`line ${line}: ${clean(printed).slice(0, 40)} is left out: it is not a list of an account`);
    } else if (printed.startsWith('^')) {
      if (/^!account/i.test(list)) account = clean(fields.get('N')) || account;
      else if (isTransaction(list, fields)) refuseTooMany(entries.push({ fields, line, account }));
      fields = new Map();
    } else if (printed !== '' && !fields.has(printed[0]!)) fields.set(printed[0]!, printed.slice(1).trim());
  }
  if (isTransaction(list, fields) && fields.has('T')) entries.push({ fields, line, account });
  return entries;
}

/** The opening balance is in the list like a transaction, but is none. */
function isTransaction(list: string, fields: ReadonlyMap<string, string>): boolean {
  return LISTS.test(list) && fields.size > 0 && !/^opening balance$/i.test(fields.get('P') ?? '');
}

function formOf(entries: readonly Entry[], { warn }: Reading): DateForm {
  const days = entries.map(({ fields }) => dateText(fields));
  const [form, other] = dateFormsOf(days);
  if (form === undefined) {
    const wrong = entries.find(({ fields }) => !dateFormsOf([dateText(fields)]).length) ?? entries[0]!;
    throw new ReaderError(`"${clean(wrong.fields.get('D'))}" is not a day`, { line: wrong.line });
  }
  if (other !== undefined)
    warn(`days are read as ${form}, by which they are closest together; they could be ${other} too`);
  return form;
}

/** `6/10'26` and `6/10' 6` are how Quicken writes years from 2000 on. */
function dateText(fields: ReadonlyMap<string, string>): string {
  return (fields.get('D') ?? '').replace(/'\s?/, '/').replace(/\s/g, '');
}

function statementOf(
  name: string | undefined,
  entries: readonly Entry[],
  dates: DateForm,
  decimal: DecimalMark,
  reading: Reading,
): Statement {
  const { line } = entries[0]!;
  const number = ibanIn(name) ?? reading.account ?? name;
  const { currency } = reading;
  if (number === undefined || currency === undefined) {
    throw lacks('QIF', { account: number, currency }, { line });
  }
  const transactions = entries
    .map((entry) => transactionOf(entry, dates, decimal))
    .sort((a, b) => (a.bookedOn < b.bookedOn ? -1 : a.bookedOn > b.bookedOn ? 1 : 0));
  const likelyDays = likelyDaysOf(transactions, reading);
  warnOfEnds(likelyDays, { line }, reading);
  return {
    account: accountNamed(number),
    currencyName: currency,
    transactions,
    likelyDays,
    place: { line },
  };
}

function transactionOf({ fields, line }: Entry, dates: DateForm, decimal: DecimalMark): Transaction {
  const text = fields.get('T') ?? fields.get('U') ?? '';
  const amount = amountIn(text, decimal);
  if (!amount) throw new ReaderError(`"${clean(text)}" is not an amount (T)`, { line });
  const [party, memo] = [clean(fields.get('P')), clean(fields.get('M'))];
  return withoutBlanks({
    bookedOn: formatDay(dayIn(dateText(fields), dates) as number),
    currencyAmount: amount.value,
    title: memo || party,
    party,
    kind: clean(fields.get('N')),
    status: 'DONE' as const,
  }) as Transaction;
}
