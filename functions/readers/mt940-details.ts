/**
 * Field :86: of MT940, information to the account owner. SWIFT leaves its form to the banks; these families cover those
 * of our markets: the German and Polish subfields `?00…?63`, mBank's `OD: …; TYT.: …`, the slashes of Dutch, Baltic and
 * French banks, the field `:NS:`, plain text. What fits no known key is text.
 */
import { ibanIn, partyAccountIn } from './account-number.ts';
import { type Details, ofSlashes } from './mt940-slashes.ts';
import { clean } from './text.ts';

/**
 * @param fields content of each :86: of a row, one text per line of the file, blanks kept
 * @param notes lines of its :NS:
 */
export function readDetails(fields: readonly (readonly string[])[], notes: readonly string[] = []): Details {
  // ING in Poland puts the code of the transaction into a field of its own and then repeats it.
  const lines = fields
    .filter((field, index) => index === fields.length - 1 || !/^\s*\d{3}\s*$/.test(field.join('')))
    .flat();
  const details = ofLines(lines);
  if (notes.length === 0) return details;
  const more = ofNotes(notes);
  return {
    title: details.title || more.title,
    party: details.party || more.party,
    partyIban: details.partyIban ?? more.partyIban,
    kind: details.kind || more.kind,
  };
}

function ofLines(lines: readonly string[]): Details {
  // Subfields wrap at a fixed width, in the middle of words and even of keys: joined without a blank.
  const joined = lines.join('');
  const subfields = /^\s{0,9}(?:\d{3})?\s{0,9}([?<>~^])(?:00|10|20)/.exec(joined);
  if (subfields) return ofSubfields(joined, subfields[1]!);
  if (/^\s{0,9}\/[A-Z]{2,8}\//.test(joined)) return ofSlashes(lines);
  const text = unwrapped(lines);
  return MBANK.test(text) ? ofMbank(text) : ofPlainText(text);
}

const WIDTH = 65;
/** Subfields are cut at 27 characters: a shorter one ended where a word did. */
const SUBFIELD_WIDTH = 27;

function unwrapped(lines: readonly string[]): string {
  return lines.map((line) => (line.length >= WIDTH ? line : `${line} `)).join('');
}

/** Numbers of subfields in use; another number behind the separator is text (`Anteil ?50 Prozent`). */
const SUBFIELD = '(?=(?:00|10|2\\d|3[0-489]|6\\d)(?!\\d{0,2}\\s?(?:%|EUR\\b)))';

/**
 * DFÜ agreement of the German banks, appendix 3, chapter 8.2.3: ?00 kind, ?20–29 and ?60–69 purpose, ?30–31 bank and
 * account, ?32–33 name, ?38 IBAN. Polish banks use the same numbers, some with the account in the purpose too.
 */
function ofSubfields(text: string, separator: string): Details {
  const parts = text.split(new RegExp(`\\${separator}${SUBFIELD}`)).slice(1);
  const fields = parts.map((part) => ({ tag: Number(part.slice(0, 2)), text: part.slice(2) }));
  const textsOf = (...ranges: [number, number][]) =>
    ranges.flatMap(([from, to]) => fields.filter(({ tag }) => tag >= from && tag <= to).map((field) => field.text));
  const one = (tag: number) => clean(textsOf([tag, tag]).join(''));
  const partyIban = ibanIn(one(38)) ?? partyAccountIn(one(31), one(30));
  const isAccount = (part: string) => partyIban !== undefined && ibanIn(part) === partyIban;
  const { text: lead, values } = sepaKeys(run(textsOf([20, 29], [60, 69]).filter((part) => !isAccount(part))));
  const purpose = clean([lead, values.get('SVWZ')].filter(Boolean).join(' '));
  return {
    title: purpose || referenceIn(values),
    party: clean(run(textsOf([32, 33]))) || clean(values.get('ABWA')) || clean(values.get('ABWE')),
    partyIban: partyIban ?? ibanIn(clean(values.get('IBAN'))),
    kind: one(0),
  };
}

function run(texts: readonly string[]): string {
  const goesOn = (text: string, next: string) => text.length >= SUBFIELD_WIDTH && !STARTS_WITH_KEY.test(next);
  return texts.map((text, index) => (goesOn(text, texts[index + 1] ?? '') ? text : `${text} `)).join('');
}

const KEYS = '(EREF|KREF|MREF|CRED|DEBT|COAM|OAMT|SVWZ|ABWA|ABWE|IBAN|BIC|PURP|ANAM|RCUR)\\+';
const SEPA_KEY = new RegExp(`(?:^|(?<=\\s))${KEYS}`);
const STARTS_WITH_KEY = new RegExp(`^${KEYS}`);

/** `EREF+…SVWZ+…`: the value of each key, and the text before the first. */
function sepaKeys(purpose: string): { readonly text: string; readonly values: ReadonlyMap<string, string> } {
  const [text = '', ...parts] = purpose.split(SEPA_KEY);
  const values = new Map<string, string>();
  for (let index = 0; index < parts.length; index += 2) {
    const key = parts[index]!;
    if (!values.get(key)) values.set(key, parts[index + 1] ?? '');
  }
  return { text: clean(text), values };
}

/** The end-to-end reference replaces a text where it holds one. */
function referenceIn(values: ReadonlyMap<string, string>): string {
  const reference = clean(values.get('EREF'));
  return /^NOT ?PROVIDED$/i.test(reference) ? '' : reference;
}

const MBANK_KEY = '(?:ID IPH|Z RACH\\.|NA RACH\\.|OD|DLA|TYT\\.|TNR)';
const MBANK = new RegExp(`;\\s{0,9}${MBANK_KEY}\\s{0,9}:`);

/** mBank: `911 TRANSAKCJA COLLECT; Z RACH.: account; OD: name and address; TYT.: title; TNR: number`. */
function ofMbank(text: string): Details {
  const [kind, ...parts] = text.split(new RegExp(`;\\s{0,9}(?=${MBANK_KEY}\\s{0,9}:)`));
  const values = new Map(
    parts.map((part): [string, string] => {
      const colon = part.indexOf(':');
      return [part.slice(0, colon).trim(), withoutEnd(part.slice(colon + 1))];
    }),
  );
  return {
    title: clean(values.get('TYT.')),
    party: clean(values.get('OD') ?? values.get('DLA')),
    partyIban: partyAccountIn(values.get('Z RACH.') ?? values.get('NA RACH.')),
    kind: clean(kind).replace(/^\d{3}\s*/, ''),
  };
}

/** Without the semicolon and the blanks at the end. */
function withoutEnd(text: string): string {
  const value = text.trimEnd();
  return value.endsWith(';') ? value.slice(0, -1).trimEnd() : value;
}

/** Knab ends its text with `REK: account/NAAM: name`; others print text alone. */
function ofPlainText(text: string): Details {
  const account = text.indexOf('REK:');
  const knab =
    account < 0 ? undefined : /^REK: ?([A-Z]{2}\d{2}[A-Z0-9]{1,30})\/NAAM: ?([\s\S]+)$/.exec(text.slice(account));
  if (knab) return { title: clean(text.slice(0, account)), party: clean(knab[2]), partyIban: ibanIn(knab[1]) };
  // 999 says that no form follows; PN and four digits are the bank's journal number; three digits alone are a code.
  return { title: clean(text.replace(/^\s{0,9}(?:999(?:PN\d{4})?|\d{3}\s{0,9}$)/, '')) };
}

/**
 * The German field :NS: of MultiCash: two digits and a text on each line. 01–14 purpose, 15–16 name, 17 kind, 33 bank,
 * 34 account; 18–32 hold numbers of the bank and the name of the account's owner.
 */
function ofNotes(lines: readonly string[]): Details {
  const fields = lines.flatMap((line) => {
    const found = /^(\d{2})(.*)$/.exec(line.trim());
    return found ? [{ tag: Number(found[1]), text: found[2] ?? '' }] : [];
  });
  const of = (from: number, to: number) =>
    clean(
      fields
        .filter(({ tag }) => tag >= from && tag <= to)
        .map(({ text }) => text)
        .join(' '),
    );
  const free = clean(lines.filter((line) => !/^\s{0,9}\d{2}/.test(line)).join(' '));
  return {
    title: clean(`${of(1, 14)} ${free}`),
    party: of(15, 16),
    partyIban: partyAccountIn(of(34, 34), of(33, 33)),
    kind: of(17, 17),
  };
}
