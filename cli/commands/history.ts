/** `history`: the profiles of an owner as bars over months. */
import type { Command } from 'commander';
import { firstDayOf, formatDay, lastDayOf, type Month, monthOf, parseDay } from '../../functions/domain/values/day.ts';
import { call } from '../api.ts';
import { apiConnection } from '../connection.ts';
import type { Context } from '../context.ts';
import { day, optionsOf } from '../options.ts';
import { safe, safeJson, styled } from '../terminal.ts';
import { basis, type Dated } from './look-up.ts';

type Options = { readonly from?: string; readonly to?: string };
type Span = { readonly from: string; readonly to: string; readonly profiles: readonly string[] };

const INITIALS = 'JFMAMJJASOND';
const [ALL, SOME, NONE, UNKNOWN] = ['█', '▒', '·', ' '] as const;

export function historyCommand(cli: Command, context: Context): void {
  cli
    .command('history')
    .description('which profiles applied to an owner, month by month; also the future without new data')
    .argument('<owner>', 'ownerExternalId')
    .option('--from <day>', 'first day, YYYY-MM-DD (default: 364 days before the last)', day)
    .option('--to <day>', 'last day, up to 426 days ahead (default: today)', day)
    .action(async (owner: string, _: unknown, command: Command) => {
      const options = optionsOf<Options>(command);
      const query = { ownerExternalId: owner, from: options.from, to: options.to };
      const path = 'owner-profiles/history';
      const answer = await call(apiConnection(options, context.env), { method: 'GET', path, query });
      if (options.json) return context.out(safeJson(answer));
      const { spans = [], ...dated } = answer as Dated & { spans?: Span[] };
      context.out(bars(spans, dated.dataFrom));
      context.note(`${ALL} every day of the month, ${SOME} some days, ${NONE} none, blank before the data begins`);
      for (const line of basis({ ...dated, asOf: spans.at(-1)?.to })) context.note(line);
    });
}

/** One line for each profile, one character for each month, below the years and the initials of the months. Months before the data are unknown. */
export function bars(spans: readonly Span[], dataFrom?: string | null): string {
  const profiles = [...new Set(spans.flatMap((span) => span.profiles))].sort();
  const [first, last] = [spans[0]?.from, spans.at(-1)?.to].map((text) => parseDay(text ?? ''));
  const begin = parseDay(dataFrom ?? '') ?? (dataFrom === null ? Number.POSITIVE_INFINITY : Number.NEGATIVE_INFINITY);
  if (first === undefined || last === undefined || profiles.length === 0) {
    return styled('dim', (last ?? begin) < begin ? 'not known: the data begins later' : 'no profile applied');
  }
  const months = Array.from({ length: monthOf(last) - monthOf(first) + 1 }, (_, index) => monthOf(first) + index);
  const width = Math.max(...profiles.map((profile) => safe(profile).length));
  const lines = profiles.map((profile) => {
    const own = spans.filter((span) => span.profiles.includes(profile));
    const signs = months.map((month) => {
      const [from, to] = [Math.max(first, firstDayOf(month)), Math.min(last, lastDayOf(month))];
      return to < begin ? UNKNOWN : signOf(daysWithin(own, from, to), to - from + 1);
    });
    return `${safe(profile).padEnd(width)}  ${signs.join('')}`;
  });
  const head = [yearsOver(months), months.map((month) => INITIALS[month % 12]).join('')];
  return [...head.map((text) => styled('dim', `${' '.repeat(width)}  ${text}`)), ...lines].join('\n');
}

function signOf(days: number, ofDays: number): string {
  if (days === 0) return NONE;
  return days === ofDays ? ALL : SOME;
}

function daysWithin(spans: readonly Span[], from: number, to: number): number {
  return spans.reduce((days, span) => {
    const [first, last] = [parseDay(span.from) ?? to + 1, parseDay(span.to) ?? from - 1];
    return days + Math.max(0, Math.min(last, to) - Math.max(first, from) + 1);
  }, 0);
}

/** Each year above its January; the first one above the first month, if there is room before the next. */
function yearsOver(months: readonly Month[]): string {
  const january = months.findIndex((month) => month % 12 === 0);
  const isNamed = (month: Month, index: number) =>
    month % 12 === 0 || (index === 0 && (january < 0 || january > 'YYYY'.length));
  let line = '';
  for (const [index, month] of months.entries()) {
    if (isNamed(month, index)) line = line.padEnd(index) + formatDay(firstDayOf(month)).slice(0, 4);
  }
  return line;
}
