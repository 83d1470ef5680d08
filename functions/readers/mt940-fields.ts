/**
 * The outer form of MT940 (SWIFT, Category 9: Customer Statement Message): statements made of fields `:61:…`, each with
 * its line. What stands around the statements (SWIFT blocks `{1:…}`, the `940` headers of Dutch banks, control
 * characters) is skipped.
 */
import { ReaderError } from './reader-error.ts';

export type Field = {
  readonly tag: string;
  /** Line of the file, from 1, where the field begins. */
  readonly line: number;
  /** Its content, line by line, without the tag; blanks are kept, for a wrapped word may end in one. */
  readonly lines: string[];
};

/** Fields from `:20:` to the end of one statement. */
export type FieldsOfStatement = { readonly line: number; readonly fields: readonly Field[] };

/**
 * Only tags of MT940 (and of MT942, so that it can be told apart) begin a field: `:12:` inside a remittance text does
 * not.
 */
const TAG = /^:(20|21|25P?|28C?|13D|34F|60[FM]|61|62[FM]|64|65|86|90[CD]|NS):(.*)$/;
const END_OF_STATEMENT = /^-(?:\}.*|X*)$/;

/** @throws {ReaderError} when there is no statement in it */
export function fieldsOf(text: string): FieldsOfStatement[] {
  const statements: { line: number; fields: Field[] }[] = [];
  /** Lines from the one that looked like the end of the statement. */
  let behindEnd: string[] | undefined;
  // biome-ignore lint/suspicious/noControlCharactersInRegex: banks frame statements with U+0001 and U+0003
  const lines = text.replace(/[\u0001-\u0003\uFEFF]/g, '').split(/\r\n|\r|\n/);
  lines.forEach((content, index) => {
    const line = index + 1;
    const [, tag, rest] = TAG.exec(content) ?? [];
    if (tag === '20') {
      statements.push({ line, fields: [] });
      behindEnd = undefined;
    }
    const fields = statements.at(-1)?.fields;
    if (!fields) return;
    if (tag !== undefined) {
      // The statement goes on, so what looked like its end was a line of text.
      if (behindEnd) fields.at(-1)?.lines.push(...behindEnd);
      behindEnd = undefined;
      fields.push({ tag, line, lines: [rest ?? ''] });
    } else if (behindEnd) behindEnd.push(content);
    else if (END_OF_STATEMENT.test(content.trimEnd())) behindEnd = [content];
    else fields.at(-1)?.lines.push(content);
  });
  if (statements.length === 0) throw new ReaderError('holds no statement: no line begins with :20:', { line: 1 });
  return statements;
}
