/**
 * Field :86: of MT940, information to the account owner. SWIFT leaves its form to the banks; four families cover those
 * of our markets: the German and Polish subfields `?00…?63`, mBank's `OD: …; TYT.: …`, the Dutch `/NAME/…/REMI/…`,
 * plain text.
 */
import { ibanIn } from './account-number.ts';
import { clean } from './text.ts';

export type Details = {
  readonly title: string;
  readonly party?: string | undefined;
  readonly partyIban?: string | undefined;
  /** What the bank calls this kind of transaction. */
  readonly kind?: string | undefined;
};

/** @param lines content of the field, one text per line of the file, blanks kept */
export function readDetails(lines: readonly string[]): Details {
  // The first three families wrap at a fixed width, in the middle of words and even of keys: joined without a blank.
  const joined = lines.join('');
  const subfields = /^\s*\d{3}\s*([?<~^])(?=\d\d)/.exec(joined);
  if (subfields) return ofSubfields(joined, subfields[1] as string);
  if (/^\s*\/[A-Z]{2,8}\//.test(joined)) return ofSlashes(joined);
  const text = lines.map((line) => (line.length >= WIDTH ? line : `${line} `)).join('');
  return MBANK.test(text) ? ofMbank(text) : ofPlainText(text);
}

const WIDTH = 65;
/** Subfields are cut at 27 characters: a shorter one ended where a word did. */
const SUBFIELD_WIDTH = 27;

/**
 * DFÜ agreement of the German banks, appendix 3, chapter 8.2.3: ?00 kind, ?20–29 and ?60–63 purpose, ?31 account,
 * ?32–33 name.
 */
function ofSubfields(text: string, separator: string): Details {
  const parts = text.split(new RegExp(`\\${separator}(?=\\d\\d)`)).slice(1);
  const fields = parts.map((part) => ({ tag: Number(part.slice(0, 2)), text: part.slice(2) }));
  const of = (...ranges: [number, number][]) =>
    run(
      ranges.flatMap(([from, to]) => fields.filter(({ tag }) => tag >= from && tag <= to).map((field) => field.text)),
    );
  const purpose = of([20, 29], [60, 63]);
  const sepa = sepaKeys(purpose);
  return {
    title: clean(sepa.get('SVWZ') ?? purpose),
    party: clean(of([32, 33])) || clean(sepa.get('ABWA')),
    partyIban: ibanIn(of([38, 38])) ?? ibanIn(of([31, 31])) ?? ibanIn(sepa.get('IBAN')),
    kind: clean(of([0, 0])),
  };
}

function run(texts: readonly string[]): string {
  const goesOn = (text: string, next: string) => text.length >= SUBFIELD_WIDTH && !STARTS_WITH_KEY.test(next);
  return texts.map((text, index) => (goesOn(text, texts[index + 1] ?? '') ? text : `${text} `)).join('');
}

const KEYS = '(EREF|KREF|MREF|CRED|DEBT|COAM|OAMT|SVWZ|ABWA|ABWE|IBAN|BIC|PURP)\\+';
const SEPA_KEY = new RegExp(`(?:^|(?<=\\s))${KEYS}`);
const STARTS_WITH_KEY = new RegExp(`^${KEYS}`);

/** `EREF+…SVWZ+…`: what stands behind each key. */
function sepaKeys(purpose: string): Map<string, string> {
  const parts = purpose.split(SEPA_KEY);
  const values = new Map<string, string>();
  for (let index = 1; index < parts.length; index += 2) values.set(parts[index] as string, parts[index + 1] ?? '');
  return values;
}

/** Keys of the Dutch banks' SEPA form; a slash inside a remittance text begins none of them. */
const SLASH_KEY =
  /\/(TRTP|IBAN|BIC|NAME|REMI|EREF|MARF|CSID|CNTP|BENM|ORDP|ID|ADDR|ISDT|PURP|RTRN|CREF|IREF|PREF|TRCD|ULTC|ULTD|SVCL|BUSP|ACCW)\//;

function ofSlashes(text: string): Details {
  const parts = text.split(SLASH_KEY);
  const values = new Map<string, string>();
  for (let index = 1; index < parts.length; index += 2) {
    const key = parts[index] as string;
    if (!values.get(key)) values.set(key, parts[index + 1] ?? '');
  }
  // ING: /CNTP/IBAN/BIC/name/city/
  const [counterIban, , counterName] = (values.get('CNTP') ?? '').split('/');
  const remittance = values
    .get('REMI')
    ?.replace(/^USTD\/\//, '')
    .replace(/^STRD\/(?:CUR|ISO)\//, '')
    .replace(/\/+$/, '');
  return {
    title: clean(remittance ?? values.get('EREF') ?? ''),
    party: clean(values.get('NAME')?.replace(/\/+$/, '')) || clean(counterName),
    partyIban: ibanIn(values.get('IBAN')) ?? ibanIn(counterIban),
    kind: clean(values.get('TRTP')),
  };
}

const MBANK_KEY = '(?:ID IPH|Z RACH\\.|NA RACH\\.|OD|DLA|TYT\\.|TNR)';
const MBANK = new RegExp(`;\\s*${MBANK_KEY}\\s*:`);

/** mBank: `911 TRANSAKCJA COLLECT; Z RACH.: account; OD: name and address; TYT.: title; TNR: number`. */
function ofMbank(text: string): Details {
  const [kind, ...parts] = text.split(new RegExp(`;\\s*(?=${MBANK_KEY}\\s*:)`));
  const values = new Map(
    parts.map((part): [string, string] => {
      const colon = part.indexOf(':');
      return [part.slice(0, colon).trim(), part.slice(colon + 1).replace(/[;\s]+$/, '')];
    }),
  );
  return {
    title: clean(values.get('TYT.')),
    party: clean(values.get('OD') ?? values.get('DLA')),
    partyIban: ibanIn(values.get('Z RACH.') ?? values.get('NA RACH.')),
    kind: clean(kind).replace(/^\d{3}\s*/, ''),
  };
}

/** Knab ends its text with `REK: account/NAAM: name`; others print text alone. */
function ofPlainText(text: string): Details {
  const knab = /^([\s\S]*?)\bREK: ?([A-Z]{2}\d{2}[A-Z0-9]+)\/NAAM: ?([\s\S]+)$/.exec(text);
  // 999 says that no form follows; PN and four digits are the bank's journal number.
  if (!knab) return { title: clean(text.replace(/^\s*999(?:PN\d{4})?/, '')) };
  return { title: clean(knab[1]), party: clean(knab[3]), partyIban: ibanIn(knab[2]) };
}
