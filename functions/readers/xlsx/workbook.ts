/**
 * The sheets of a workbook (ECMA-376, SpreadsheetML) as rows of texts. A workbook is a ZIP of XML files: this reads the five
 * kinds that tables of banks have, by the bounds of archives and of XML, and neither runs formulas nor follows links.
 */
import { entriesIn } from '../archive.ts';
import type { Row } from '../csv/table.ts';
import { ReaderError, UnknownFormatError } from '../reader-error.ts';
import { MOST_BYTES } from '../text.ts';
import { all, at, parseXml } from '../xml.ts';
import { isDateFormat } from './cell-texts.ts';
import { sharedTexts } from './shared-texts.ts';
import { type Book, rowsOfSheet } from './sheet.ts';

export type Sheet = { readonly name: string; readonly rows: readonly Row[] };

const MOST_CELLS = 3_000_000;
const MOST_SHEETS = 100;

export function isWorkbook(bytes: Uint8Array): boolean {
  return bytes[0] === 0x50 && bytes[1] === 0x4b && bytes[2] === 3 && bytes[3] === 4;
}

/** @throws {ReaderError} when it is broken, protected, or beyond the bounds */
export function readWorkbook(
  bytes: Uint8Array,
  { mostBytes = MOST_BYTES }: { mostBytes?: number | undefined } = {},
): Sheet[] {
  const entry = entriesIn(bytes, mostBytes);
  const document = entry('xl/workbook.xml');
  if (!document)
    throw new UnknownFormatError('is a workbook of another kind (XLSB, ODS); save it as XLSX or CSV', true);
  const root = parseXml(document);
  const sheets = all(at(root, 'sheets'), 'sheet');
  if (sheets.length > MOST_SHEETS) throw new ReaderError(`has more than ${MOST_SHEETS} sheets`);
  const targets = targetsIn(entry('xl/_rels/workbook.xml.rels'));
  const texts = entry('xl/sharedStrings.xml');
  const book: Book = {
    texts: texts ? sharedTexts(texts) : [],
    dates: datesIn(entry('xl/styles.xml')),
    from1904: ['1', 'true'].includes(at(root, 'workbookPr')?.attributes['date1904'] ?? ''),
    room: { characters: mostBytes, cells: MOST_CELLS },
  };
  return sheets.map(({ attributes }, index) => {
    const name = (attributes['name'] ?? '').slice(0, 100);
    const target = targets.get(attributes['id'] ?? '') ?? `xl/worksheets/sheet${index + 1}.xml`;
    const content = entry(target);
    return { name, rows: content ? rowsOfSheet(content, book) : [] };
  });
}

/** Paths of the parts by the ids of their relations. */
function targetsIn(document: Uint8Array | undefined): ReadonlyMap<string, string> {
  if (!document) return new Map();
  return new Map(
    all(parseXml(document), 'Relationship').map(({ attributes }) => {
      const target = attributes['Target'] ?? '';
      return [attributes['Id'] ?? '', target.startsWith('/') ? target.slice(1) : `xl/${target}`];
    }),
  );
}

/** Which styles of cells show days. */
function datesIn(document: Uint8Array | undefined): boolean[] {
  if (!document) return [];
  const root = parseXml(document);
  const codes = new Map(
    all(at(root, 'numFmts'), 'numFmt').map(({ attributes }) => [
      attributes['numFmtId'],
      attributes['formatCode'] ?? '',
    ]),
  );
  return all(at(root, 'cellXfs'), 'xf').map(({ attributes }) => {
    const id = attributes['numFmtId'] ?? '0';
    return isDateFormat(Number(id), codes.get(id)?.slice(0, 300));
  });
}
