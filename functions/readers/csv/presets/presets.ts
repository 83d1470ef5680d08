/** All presets, and which of them a table is. */
import { amountIn, currencyIn, dayIn, folded } from '../cells.ts';
import { type Layout, layoutOf, placeIn } from '../layout.ts';
import type { Row } from '../table.ts';
import { BALTICS } from './baltics.ts';
import { CZECHIA_HUNGARY_ROMANIA } from './czechia-hungary-romania.ts';
import { GERMANY } from './germany.ts';
import { INTERNATIONAL } from './international.ts';
import { POLAND } from './poland.ts';
import type { Preset, Shape } from './preset.ts';
import { WEST_AND_SOUTH } from './west-and-south.ts';

export const PRESETS: readonly Preset[] = [
  ...POLAND,
  ...CZECHIA_HUNGARY_ROMANIA,
  ...BALTICS,
  ...GERMANY,
  ...WEST_AND_SOUTH,
  ...INTERNATIONAL,
];

export const PRESET_IDS: readonly string[] = [...new Set(PRESETS.map(({ id }) => id))];

export type Match = { readonly preset: Preset; readonly layout: Layout };

/** The preset whose export a table is: of several that fit, the one that knows more of its columns. */
export function presetOf(rows: readonly Row[], presets: readonly Preset[] = PRESETS): Match | undefined {
  let best: Match | undefined;
  for (const preset of presets) {
    const layout = preset.shape ? byShape(preset, rows) : byNames(preset, rows);
    const known = layout && (preset.recognise?.length ?? 0) + layout.places.size;
    const bestKnown = best ? (best.preset.recognise?.length ?? 0) + best.layout.places.size : -1;
    if (layout && known !== undefined && known > bestKnown) best = { preset, layout };
  }
  return best;
}

function byNames({ recognise = [], mapping }: Preset, rows: readonly Row[]): Layout | undefined {
  const at = rows.findIndex(({ cells }) => {
    const header = cells.map(folded);
    return recognise.every((name) => placeIn(header, name) !== undefined);
  });
  return at < 0 ? undefined : layoutOf(mapping, at, rows[at]);
}

/** Three of the first four rows must have the form: the first may be about the account. */
function byShape({ shape = {}, mapping }: Preset, rows: readonly Row[]): Layout | undefined {
  const first = rows.slice(0, 4);
  const fitting = first.filter(({ cells }) => fits(cells, shape, mapping));
  return fitting.length > 0 && fitting.length >= first.length - 1 ? layoutOf(mapping, -1, undefined) : undefined;
}

function fits(cells: readonly string[], shape: Shape, { dates, decimal }: Preset['mapping']): boolean {
  return Object.entries(shape).every(([number, kind]) => {
    const cell = cells[Number(number) - 1] ?? '';
    if (kind === 'day') return dayIn(cell, dates) !== undefined;
    if (kind === 'amount') return amountIn(cell, decimal) !== undefined;
    if (kind === 'currency') return currencyIn(cell) !== undefined && cell.length === 3;
    if (kind === 'account') return cell === '' || /^'?\d[\d -]{7,40}$|^'?[A-Z]{2}\d{2}[A-Z0-9 ]{8,40}$/.test(cell);
    return kind.includes(cell.toUpperCase());
  });
}
