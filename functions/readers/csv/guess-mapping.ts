/** A guess at what the columns of an unknown table mean, by their names and by what they hold. */
import { amountIn, currencyIn, DATE_FORMS, type DateForm, type DecimalMark, dayIn, folded } from './cells.ts';
import type { Field, Mapping } from './mapping.ts';
import type { Row } from './table.ts';

export type Guess = { readonly mapping: Mapping; readonly headerAt: number };

/** Beginnings of names of columns in the languages of Europe, folded; the first that fits wins. */
const NAMES: readonly (readonly [Field, readonly string[]])[] = [
  [
    'transactionOn',
    [
      'value date',
      'valuta',
      'data waluty',
      'data transakcji',
      'wertstellung',
      'fecha valor',
      'f. valor',
      'data valuta',
      'data valor',
      'date valeur',
      'transaction date',
      'started',
    ],
  ],
  [
    'bookedOn',
    [
      'booking date',
      'booked',
      'posting date',
      'post date',
      'data ksieg',
      'buchungs',
      'date',
      'data',
      'datum',
      'fecha',
      'kuupaev',
      'datums',
      'completed',
    ],
  ],
  ['balance', ['balance', 'saldo', 'solde', 'kontostand', 'sold', 'running', 'zustatek', 'egyenleg']],
  [
    'debit',
    [
      'debit',
      'debito',
      'obciaz',
      'ausgabe',
      'soll',
      'cargo',
      'addebit',
      'money out',
      'paid out',
      'withdrawal',
      'wydatk',
    ],
  ],
  [
    'credit',
    [
      'credit',
      'kredit',
      'credito',
      'uznani',
      'einnahme',
      'haben',
      'abono',
      'accredit',
      'money in',
      'paid in',
      'deposit',
      'wplyw',
    ],
  ],
  [
    'amount',
    [
      'amount',
      'kwota',
      'betrag',
      'umsatz',
      'importe',
      'importo',
      'montant',
      'montante',
      'suma',
      'summa',
      'bedrag',
      'castka',
      'objem',
      'osszeg',
      'belopp',
      'value',
    ],
  ],
  ['fee', ['fee', 'oplata', 'gebuhr', 'frais', 'poplatek']],
  [
    'currencyName',
    ['currency', 'waluta', 'wahrung', 'waehrung', 'divisa', 'devise', 'mena', 'valuta', 'valuuta', 'moneda', 'munt'],
  ],
  ['partyIban', ['partner iban', 'iban', 'counterparty account', 'nr rachunku', 'protiucet', 'tegenrekening']],
  [
    'party',
    [
      'payee',
      'party',
      'partner',
      'counter',
      'merchant',
      'name',
      'empfanger',
      'auftraggeber',
      'begunstigter',
      'odbiorca',
      'nadawca',
      'kontrahent',
      'beneficiar',
      'destinat',
    ],
  ],
  [
    'title',
    [
      'description',
      'details',
      'title',
      'tytul',
      'opis',
      'verwendungszweck',
      'reference',
      'concepto',
      'descri',
      'libelle',
      'label',
      'text',
      'memo',
      'narrative',
      'purpose',
      'popis',
      'zprava',
      'selgitus',
      'causale',
      'omschrijving',
    ],
  ],
  ['kind', ['type', 'typ', 'rodzaj', 'vorgang', 'buchungstext', 'art', 'operation', 'operacion']],
  ['transactionId', ['transaction id', 'id', 'numer', 'nr transakcji']],
  ['status', ['status', 'state', 'stan']],
];

/**
 * The mapping that the first rows of a table suggest, or `undefined` when they have no column of days and none of
 * amounts. It is an offer to a user and never used unasked.
 */
export function guessMapping(rows: readonly Row[]): Guess | undefined {
  for (const [at, header] of rows.entries()) {
    const body = rows.slice(at + 1).filter(({ cells }) => cells.length >= header.cells.length - 2);
    if (header.cells.length < 3 || body.length === 0 || header.cells.some((cell) => /^\d+[.,-]/.test(cell))) continue;
    const guess = guessBelow(header, body);
    if (guess) return { mapping: guess, headerAt: at };
  }
  return undefined;
}

function guessBelow(header: Row, body: readonly Row[]): Mapping | undefined {
  const column = (index: number) => body.map(({ cells }) => cells[index] ?? '').filter(Boolean);
  const columns: Partial<Record<Field, string>> = {};
  const taken = new Set<number>();
  for (const [field, names] of NAMES) {
    const index = header.cells.findIndex(
      (cell, at) => !taken.has(at) && names.some((name) => folded(cell).startsWith(name)) && suits(field, column(at)),
    );
    if (index < 0) continue;
    taken.add(index);
    columns[field] = header.cells[index]!;
  }
  const { bookedOn = columns.transactionOn, amount, debit, credit } = columns;
  if (bookedOn === undefined || (amount === undefined && (debit === undefined || credit === undefined)))
    return undefined;
  const values = [amount, debit, credit, columns.balance].flatMap((name) =>
    name === undefined ? [] : column(header.cells.indexOf(name)),
  );
  return {
    columns: { ...columns, bookedOn, ...(amount !== undefined && { debit: undefined, credit: undefined }) },
    dates: dateFormOf(column(header.cells.indexOf(bookedOn))) ?? 'YMD',
    decimal: decimalMarkOf(values),
  };
}

function suits(field: Field, cells: readonly string[]): boolean {
  const all = (holds: (cell: string) => boolean) => cells.every(holds);
  if (field === 'bookedOn' || field === 'transactionOn') return dateFormOf(cells) !== undefined;
  if (field === 'amount' || field === 'debit' || field === 'credit' || field === 'balance' || field === 'fee') {
    return all((cell) => amountIn(cell, ',') !== undefined);
  }
  if (field === 'currencyName') return all((cell) => cell.length <= 3 && currencyIn(cell) !== undefined);
  return true;
}

/** The form in which every cell is a day, and of several the one by which they are closest together. */
export function dateFormOf(cells: readonly string[]): DateForm | undefined {
  return dateFormsOf(cells)[0];
}

/** All forms in which every cell is a day, beginning with that by which they are closest together. */
export function dateFormsOf(cells: readonly string[]): DateForm[] {
  const spans = DATE_FORMS.flatMap((form) => {
    if (form === 'YMD' && !cells.every((cell) => /^\d{4}/.test(cell))) return [];
    if (form !== 'YMD' && cells.some((cell) => /^\d{4}/.test(cell))) return [];
    const days = cells.map((cell) => dayIn(cell, form));
    const known = days.flatMap((day) => day ?? []);
    if (days.length === 0 || known.length < days.length) return [];
    return [{ form, span: known.reduce((a, b) => Math.max(a, b)) - known.reduce((a, b) => Math.min(a, b)) }];
  });
  return spans.sort((a, b) => a.span - b.span).map(({ form }) => form);
}

/** The mark that most often comes before two digits at the end of a cell. */
export function decimalMarkOf(cells: readonly string[]): DecimalMark {
  const points = cells.filter((cell) => /\.\d{1,2}\D{0,6}$/.test(cell)).length;
  const commas = cells.filter((cell) => /,\d{1,2}\D{0,6}$/.test(cell)).length;
  return points > commas ? '.' : ',';
}
