/** The result of a preview, for people: who would enter and leave which profile, and why one owner would. */

import { stripVTControlCharacters } from 'node:util';
import type { ProfileDiff, RunResult } from '../../functions/adapters/runs/run-store.ts';
import type { Estimate, NearMissesView, OwnerPreview, OwnersPage } from '../../functions/contracts/http/previews.ts';
import { evidenceIn, explained, SIGNS } from '../explanation-view.ts';
import { safe, styled, table } from '../terminal.ts';
import type { Exceeded } from './shares.ts';

/** A new profile is shown even if nobody has or enters it: it matters that it finds nobody. */
export function diffText({ owners, profiles = [] }: RunResult, all: boolean): string {
  const changes = ({ entered, left }: ProfileDiff) => entered > 0 || left > 0;
  const shown = all ? profiles : profiles.filter((diff) => changes(diff) || diff.added);
  const lines: string[] = [];
  if (shown.length > 0) {
    const rows = shown.map((diff) => [
      safe(diff.profile),
      ...[diff.before, diff.after].map((count) => counted(count).padStart(7)),
      shareText(diff.after, owners).padStart(7),
      ...[diff.entered, diff.left].map((count) => counted(count).padStart(7)),
      changeOf(diff).padStart(9),
      notJudgedOf(diff),
    ]);
    lines.push(table(['profile', 'before', 'after', 'of all', 'entered', 'left', 'change', 'too little data'], rows));
  }
  const same = profiles.length - shown.length;
  if (!profiles.some(changes)) lines.push('no profile changes for any owner');
  else if (same > 0) lines.push(styled('dim', `${same} more ${same === 1 ? 'stays as it is' : 'stay as they are'}`));
  return lines.join('\n');
}

function changeOf({ before, after, added }: ProfileDiff): string {
  if (before === 0) return added || after > 0 ? 'new' : '0.0 %';
  const change = ((after - before) / before) * 100;
  return `${change > 0 ? '+' : ''}${change.toFixed(1)} %`;
}

/** Owners with too little data to judge, before and after where that differs. */
function notJudgedOf({ added, notJudgedBefore = 0, notJudgedAfter = 0 }: ProfileDiff): string {
  if (added || notJudgedBefore === notJudgedAfter) return notJudgedAfter === 0 ? '' : counted(notJudgedAfter);
  return `${counted(notJudgedBefore)} → ${counted(notJudgedAfter)}`;
}

export function shareText(part: number, whole: number): string {
  return whole === 0 ? '–' : `${((part / whole) * 100).toFixed(1)} %`;
}

export function counted(count: number): string {
  return count.toLocaleString('en');
}

export function ownersIn(count: number): string {
  return `${counted(count)} ${count === 1 ? 'owner' : 'owners'}`;
}

export function estimateText({ owners, estimated, estimatedCostUsd }: Estimate): string {
  const size = `${estimated ? 'about ' : ''}${ownersIn(owners)}`;
  return `${size}, ${dollarsText(estimatedCostUsd)}`;
}

export function dollarsText(usd: number): string {
  return usd < 0.01 ? 'less than 0.01 USD' : `about ${usd.toFixed(2)} USD`;
}

export function exceededText({ profile, change, share, limit }: Exceeded): string {
  return `${safe(profile)}: ${percent(share)} ${change}, more than the ${percent(limit)} allowed`;
}

function percent(share: number): string {
  return `${Number((share * 100).toFixed(2))} %`;
}

export function ownersText(change: string, { total, owners }: OwnersPage): string {
  const rest = total - owners.length;
  const more = rest > 0 ? [styled('dim', `and ${counted(rest)} more; --limit shows more`)] : [];
  return [styled('bold', `${change} (${counted(total)})`), ...owners.map((owner) => `  ${safe(owner)}`), ...more].join(
    '\n',
  );
}

/** The owners closest to a threshold: first those who only just get the profile, then those who only just do not. */
export function nearMissesText({ profile, inside, outside }: NearMissesView): string {
  const head = styled('bold', `closest to a threshold of ${safe(profile)}`);
  const rowsOf = (side: string, misses: NearMissesView['inside']) =>
    misses.map(({ ownerExternalId, feature, window, value, operator, threshold }) => [
      side,
      safe(ownerExternalId),
      safe(window === null ? feature : `${feature} ${window}`),
      safe(value ?? 'none'),
      `${SIGNS[operator] ?? safe(operator)} ${safe(threshold)}`,
    ]);
  const rows = [...rowsOf('in', inside), ...rowsOf('out', outside)];
  if (rows.length === 0) return `${head}: nobody`;
  return `${head}\n${table(['', 'owner', 'decided by', 'value', 'asked'], rows)}`;
}

/**
 * Both explanations of every profile that changes, then the transactions behind the side that applies. For a new profile
 * and for the requested one, also why the owner does not get it.
 */
export function ownerText(owner: OwnerPreview, width: number, asked?: string): string {
  const { before, after } = owner;
  const changing = owner.profiles.filter(({ change }) => change === 'entered' || change === 'left');
  const staying = owner.profiles.filter(
    ({ profile, change, before: was }) => change === 'none' && (was === null || profile === asked),
  );
  const lines = [
    `before  ${before.profiles.map(safe).join(', ') || 'no profile'}`,
    `after   ${after.profiles.map(safe).join(', ') || 'no profile'}`,
  ];
  if (changing.length === 0) lines.push('no profile of this owner changes');
  for (const { profile, change, before: was, after: becomes } of [...changing, ...staying]) {
    const sides = [was, becomes].map((explanation) =>
      explanation ? explained(explanation, false).split('\n') : [styled('dim', 'is not in this catalogue')],
    );
    lines.push('', styled('bold', `${safe(profile)}: ${change === 'none' ? 'still does not apply' : change}`));
    lines.push(...sideBySide(['before', ...(sides[0] ?? [])], ['after', ...(sides[1] ?? [])], width));
    const applies = change === 'entered' ? becomes : was;
    if (applies) lines.push(...evidenceIn(applies, '  '));
  }
  return lines.join('\n');
}

const GAP = ' │ ';

/** Side by side where there is room, else one below the other. */
export function sideBySide(left: readonly string[], right: readonly string[], width: number): string[] {
  const column = Math.max(...left.map(widthOf));
  const fits = column + GAP.length + Math.max(...right.map(widthOf)) <= width;
  if (!fits) return [...left, ...right];
  return Array.from({ length: Math.max(left.length, right.length) }, (_, at) => {
    const line = left[at] ?? '';
    return `${line}${' '.repeat(column - widthOf(line))}${GAP}${right[at] ?? ''}`.trimEnd();
  });
}

function widthOf(line: string): number {
  return stripVTControlCharacters(line).length;
}
