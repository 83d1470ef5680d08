/** `npm run formats`: writes the generated parts of docs/reference/formats.md from the readers and the presets. */
import { pathToFileURL } from 'node:url';
import { fieldsOf, namesOf } from '../../functions/readers/csv/mapping.ts';
import type { Preset } from '../../functions/readers/csv/presets/preset.ts';
import { PRESETS } from '../../functions/readers/csv/presets/presets.ts';
import { READERS } from '../../functions/readers/reader.ts';
import { type Parts, writeParts } from './generated.ts';

export const FORMATS_PAGE = 'docs/reference/formats.md';

export function formatsParts(): Parts {
  const checked = PRESETS.filter((preset) => preset.checked === 'sample').length;
  return {
    formats: table(
      ['`--format`', 'Format'],
      READERS.map(({ name, title }) => [`\`${name}\``, title]),
    ),
    presets: table(
      ['`--mapping`', 'Bank', 'Country', 'Names compared with', 'Its account', 'Range of days'],
      PRESETS.map((preset) => [
        `\`${preset.id}\``,
        preset.bank,
        preset.country ?? '',
        preset.checked === 'sample' ? 'a public sample' : 'a description only',
        accountOf(preset),
        rangeOf(preset),
      ]),
    ),
    columns: table(
      ['Preset', 'Columns'],
      PRESETS.map((preset) => [`\`${preset.id}\` ${preset.bank}`, columnsOf(preset)]),
    ),
    count: String(PRESETS.length),
    checked: String(checked),
  };
}

function accountOf({ mapping: { columns, around, firstRow } }: Preset): string {
  return columns.account || around?.account || around?.accounts || firstRow ? 'in the file' : '`--account`';
}

function rangeOf({ mapping: { around, only } }: Preset): string {
  return around?.range || around?.from || only?.first ? 'in the file' : 'from the first row to the last';
}

function columnsOf({ mapping }: Preset): string {
  return fieldsOf(mapping)
    .map(([field, columns]) => `\`${field}\`: ${namesOf(columns).map(String).join(', ')}`)
    .join('; ');
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) writeParts(FORMATS_PAGE, formatsParts());
