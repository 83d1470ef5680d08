/**
 * The outer form of MT940 (SWIFT, Category 9: Customer Statement Message): statements made of fields `:61:…`, each with its line. What is
 * around the statements (SWIFT blocks `{1:…}`, the `940` headers of Dutch banks, control characters, filler) is skipped.
 */
import { ReaderError } from './reader-error.ts';

export type Field = {
  readonly tag: string;
  /** Line of the file, from 1, where the field begins. */
  readonly line: number;
  /** Its content, line by line, without the tag; blanks are kept, because a wrapped word may end in one. */
  readonly lines: string[];
};

/** The fields of one statement, from its `:20:`, or from its `:25:` where a bank leaves the first out. */
export type FieldsOfStatement = { readonly line: number; readonly fields: readonly Field[] };

/** Only tags of MT940 and MT942 begin a field: `:12:` inside a remittance text does not. */
const TAG = /^[ \t]{0,8}:(20|21|25P?|28C?|13D?|34F|60[FM]?|61|62[FM]?|64|65|86|90[CD]|NS):(.*)$/;
const END_OF_STATEMENT = /^-(?:\}.*|X{0,8})$/;

/** What must follow a tag: text can break before a time such as `12:20:45`. */
const FORM: Readonly<Record<string, RegExp>> = {
  '13': /^\d{6}/,
  '34': /^[A-Z]{3}/,
  '60': /^\s{0,4}[CDR\d]/,
  '61': /^\s{0,4}\d{6}/,
  '62': /^\s{0,4}[CDR\d]/,
  '64': /^\s{0,4}[CD]\s{0,4}\d{6}/,
  '65': /^\s{0,4}[CD]\s{0,4}\d{6}/,
  '90': /^\s{0,4}\d{1,9}[A-Z]{3}/,
};
const HEADER = /^(?:20|21|25|28)/;

type Open = { readonly line: number; readonly fields: Field[]; state: 'header' | 'rows' | 'closed' };

/** @throws {ReaderError} when there is no statement in it */
export function fieldsOf(text: string): FieldsOfStatement[] {
  const statements: Open[] = [];
  /** Lines from the one that looked like the end of the statement. */
  let behindEnd: string[] | undefined;
  // biome-ignore lint/suspicious/noControlCharactersInRegex: banks frame and fill statements with control characters
  const lines = text.replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f\uFEFF]/g, '').split(/\r\n|\r|\n/);
  lines.forEach((content, index) => {
    const line = index + 1;
    const open = statements.at(-1);
    const found = TAG.exec(content);
    const tag = found?.[1];
    if (found && tag !== undefined && isField(found, open, behindEnd !== undefined, lines, index)) {
      if (begins(tag, open)) statements.push({ line, fields: [], state: 'header' });
      // The statement goes on, so what looked like its end was a line of text.
      else for (const text of behindEnd ?? []) open?.fields.at(-1)?.lines.push(text);
      behindEnd = undefined;
      const current = statements.at(-1)!;
      current.state = stateBehind(tag, current.state);
      current.fields.push({ tag, line, lines: [found[2] ?? ''] });
    } else if (!open) return;
    else if (behindEnd) behindEnd.push(content);
    else if (END_OF_STATEMENT.test(content.trimEnd())) behindEnd = [content];
    else open.fields.at(-1)?.lines.push(content);
  });
  if (statements.length === 0)
    throw new ReaderError('contains no statement: no line begins with :20: or :25:', { line: 1 });
  return statements;
}

/** Whether a line that begins like a field is one, and not text that was broken before a colon. */
function isField(
  [, tag = '', rest = '']: RegExpExecArray,
  open: Open | undefined,
  behindEnd: boolean,
  lines: readonly string[],
  index: number,
): boolean {
  const form = FORM[tag.slice(0, 2)];
  if (form) return (open !== undefined || tag.startsWith('60')) && (form.test(rest) || !isInText(tag, open));
  if (!HEADER.test(tag)) return open !== undefined;
  if (open?.state !== 'rows' || behindEnd) return true;
  // Between rows: a new statement has its account next, a time has the next row.
  if (tag !== '20') return false;
  const next = lines.slice(index + 1, index + 6).find((line) => TAG.test(line));
  return next !== undefined && HEADER.test(TAG.exec(next)?.[1] ?? '');
}

/**
 * Whether a line with the tag but not its form may be text: in a text, or behind a row where no minute has the tag's number.
 * Elsewhere it is a field with a fault, and a row must not be lost by one.
 */
function isInText(tag: string, open: Open | undefined): boolean {
  const before = open?.fields.at(-1)?.tag;
  return before === undefined || before === '86' || before === 'NS' || (before === '61' && !/^6[0-2]/.test(tag));
}

function begins(tag: string, open: Open | undefined): boolean {
  if (!open || tag === '20') return true;
  return (HEADER.test(tag) || tag.startsWith('60')) && open.state === 'closed';
}

function stateBehind(tag: string, state: Open['state']): Open['state'] {
  if (tag.startsWith('62') || tag.startsWith('90')) return 'closed';
  if (tag === '61' || tag === '86') return state === 'closed' ? 'closed' : 'rows';
  return state;
}
