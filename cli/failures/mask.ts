/**
 * A failed message for people who must not see whose it is: its structure and what helps to find the fault (days,
 * currencies, types, lengths, counts) stay, while titles, parties, account numbers, owner ids and amounts go.
 *
 * Anything not plainly harmless is masked: fields are kept by name *and* form, because a publisher may put anything anywhere.
 */
import { jsonIn } from '../../functions/contracts/import/json-text.ts';
import { CLIENT_FORM, mask, shownImportId } from '../../functions/contracts/import/shown-ids.ts';
import { SOURCES } from '../../functions/domain/ledger/ledger.ts';

const DAY = /^\d{4}-\d{2}-\d{2}$/;

/** Fields that say nothing about a person when they have this form. */
const HARMLESS: Readonly<Record<string, RegExp>> = {
  type: /^owner-import$/,
  clientId: CLIENT_FORM,
  source: new RegExp(`^(${SOURCES.join('|')})$`),
  importedAt: /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d{1,9})?(Z|[+-]\d{2}:\d{2})$/,
  from: DAY,
  to: DAY,
  bookedOn: DAY,
  transactionOn: DAY,
  currencyName: /^[A-Z]{3}$/,
  status: /^(DONE|PENDING)$/,
};

/** Fields of a fixed form: when it is wrong, its shape shows how, as in `99.99.9999` for a day. */
const SHAPED: ReadonlySet<string> = new Set([
  ...['importedAt', 'from', 'to', 'bookedOn', 'transactionOn', 'currencyName', 'status', 'source', 'type'],
]);
const AMOUNT = /^[+-]?\d+(\.\d+)?$/;

const LONGEST_SHAPE = 40;
const ITEMS_SHOWN = 3;
const FIELDS_SHOWN = 40;
const DEEPEST = 10;
const LINES_SHOWN = 8;
const LONGEST_LINE = 80;

/** The body as JSON with masks, or the shape of its first lines when it is not JSON. */
export function maskedBody(body: string): unknown {
  const parsed = jsonIn(body);
  if (parsed !== undefined) {
    const importId = shownImportId(parsed.value);
    const shown = masked(parsed.value, '', 0);
    return importId === undefined ? shown : { ...(shown as object), importId };
  }
  const lines = body.slice(0, LINES_SHOWN * LONGEST_LINE * 4).split(/\r?\n/);
  return lines.slice(0, LINES_SHOWN).map((line) => shapeOf(line, LONGEST_LINE));
}

function masked(value: unknown, field: string, depth: number): unknown {
  if (value === null || typeof value === 'boolean') return value;
  if (typeof value === 'number') return field === 'version' ? value : '••• (number)';
  if (typeof value === 'string') return maskedText(value, field);
  if (depth >= DEEPEST) return '…';
  if (Array.isArray(value)) {
    const shown = value.slice(0, ITEMS_SHOWN).map((item) => masked(item, '', depth + 1));
    return value.length > shown.length ? [...shown, `… and ${value.length - shown.length} more`] : shown;
  }
  const fields = Object.entries(value as object);
  const shown = fields
    .slice(0, FIELDS_SHOWN)
    .map(([name, item], index) => [shownName(name, index), masked(item, name, depth + 1)]);
  if (fields.length > shown.length) shown.push(['…', `and ${fields.length - shown.length} more fields`]);
  return Object.fromEntries(shown);
}

function maskedText(text: string, field: string): string {
  const form = Object.hasOwn(HARMLESS, field) ? HARMLESS[field] : undefined;
  if (form?.test(text)) return text;
  if (SHAPED.has(field) || (field === 'currencyAmount' && !AMOUNT.test(text))) return shapeOf(text, LONGEST_SHAPE);
  return mask(text);
}

/** A field's name is kept when it looks like a field name; a map may have people's names or ids as fields. */
function shownName(name: string, index: number): string {
  return /^[a-z]+([A-Z][a-z]+){0,4}$/.test(name) && name.length <= 32 ? name : `••• (field ${index + 1})`;
}

/** Letters become `a`, digits `9`; other characters stay. */
function shapeOf(text: string, longest: number): string {
  const characters = [...text];
  const shape = characters
    .slice(0, longest)
    .join('')
    .replace(/\p{L}\p{M}*/gu, 'a')
    .replace(/\p{N}/gu, '9');
  return characters.length > longest ? `${shape}… (${characters.length})` : shape;
}
