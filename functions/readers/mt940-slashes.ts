/** Field :86: with keys between slashes: `/TRTP/…/NAME/…/REMI/…`, `/BENM/account` with lines that begin with a slash. */
import { ibanIn, partyAccountIn } from './account-number.ts';
import { clean } from './text.ts';

export type Details = {
  readonly title: string;
  readonly party?: string | undefined;
  /** The other party's account: its IBAN, else its number as printed. */
  readonly partyIban?: string | undefined;
  /** What the bank calls this kind of transaction. */
  readonly kind?: string | undefined;
};

/** Keys in use; a slash inside a remittance text starts none of them. */
const KEY =
  /\/(TRTP|IBAN|BIC|NAME|REMI|EREF|MARF|CSID|CNTP|BENM|ORDP|ID|ADDR|ISDT|PURP|RTRN|CREF|IREF|PREF|TRCD|ULTC|ULTD|ULTB|SVCL|BUSP|ACCW|ACCT|OCMT|CHGS|EXCH|INFO|RREF|NAAM|OMSCHRIJVING)\//;
/** Amounts in another currency, charges and rates; what follows the number is text. */
const AMOUNT_KEYS = ['OCMT', 'CHGS', 'EXCH'];

export function ofSlashes(lines: readonly string[]): Details {
  const [first = '', ...rest] = lines;
  const party = /^\s{0,9}\/(?:BENM|ORDP)\/(.*)$/.exec(first);
  if (party && rest.some((line) => line.startsWith('/') && !KEY.test(line.slice(0, 20))) && !KEY.test(party[1] ?? '')) {
    return ofPartyLines(party[1] ?? '', rest);
  }
  const [lead = '', ...parts] = lines.join('').split(KEY);
  const values = new Map<string, string>();
  const texts = [lead.replace(/^\s{0,9}\/[A-Z]{2,8}\//, '')];
  for (let index = 0; index < parts.length; index += 2) {
    const key = parts[index]!;
    const value = parts[index + 1] ?? '';
    if (AMOUNT_KEYS.includes(key)) texts.push(value.replace(/^\s{0,9}[A-Z]{0,3}\s{0,3}[\d.,]{1,20}/, ''));
    else if (!clean(values.get(key))) values.set(key, value);
  }
  return detailsOf(values, texts);
}

function detailsOf(values: ReadonlyMap<string, string>, texts: readonly string[]): Details {
  // ING: /CNTP/IBAN/BIC/name/city/
  const [counterIban, , counterName] = (values.get('CNTP') ?? '').split('/');
  const remittance = values
    .get('REMI')
    ?.replace(/^USTD\/\//, '')
    .replace(/^STRD\/(?:CUR|ISO)\//, '');
  const text = withoutSlashes(texts.join(' '));
  const [benm, ordp] = [withoutSlashes(values.get('BENM')), withoutSlashes(values.get('ORDP'))];
  return {
    title:
      clean(`${text} ${withoutSlashes(remittance ?? values.get('OMSCHRIJVING') ?? values.get('INFO'))}`) ||
      reference(values.get('EREF')),
    party: withoutSlashes(values.get('NAME') ?? values.get('NAAM')) || clean(counterName) || nameOf(benm || ordp),
    partyIban:
      ibanIn(values.get('IBAN')) ??
      ibanIn(counterIban) ??
      partyAccountIn(values.get('ACCT')) ??
      partyAccountIn(benm || ordp),
    kind: withoutSlashes(values.get('TRTP')),
  };
}

/**
 * `/BENM/account`, then a line with the name and lines of text, each behind a slash. Some banks print the name at once,
 * without an account.
 */
function ofPartyLines(first: string, rest: readonly string[]): Details {
  const lines: string[] = [first];
  for (const line of rest) {
    if (line.startsWith('/')) lines.push(line.slice(1));
    else lines.push((lines.pop() ?? '') + line);
  }
  const account = partyAccountIn(lines[0]);
  const [party = '', ...texts] = lines.filter(
    (line, index) => line.trim() !== '' && !(index === 0 && account !== undefined),
  );
  return { title: clean(texts.join(' ').replaceAll('//', ' ')), party: clean(party), partyIban: account };
}

/** Slashes at the ends are what is left of the form. */
function withoutSlashes(text: string | undefined): string {
  const line = clean(text);
  let [start, end] = [0, line.length];
  while (start < end && (line[start] === '/' || line[start] === ' ')) start++;
  while (end > start && (line[end - 1] === '/' || line[end - 1] === ' ')) end--;
  return line.slice(start, end);
}

function nameOf(text: string): string {
  return partyAccountIn(text) === undefined ? text : '';
}

function reference(text: string | undefined): string {
  const line = withoutSlashes(text);
  return /^NOT ?PROVIDED$/i.test(line) ? '' : line;
}
