/**
 * Removes every part that no page names: what a worker left that died between writing parts and their page. A live worker may be
 * between the two just now. So the page gets a new revision first: either it names the parts by then, or their writer fails on the
 * revision and writes again.
 */

import { type Item, type OwnerItems, sortOf } from './owner-items.ts';
import type { OwnerKey } from './owner-key.ts';
import type { PageFences } from './page-fences.ts';

export async function sweepParts(items: OwnerItems, fences: PageFences, owner: OwnerKey): Promise<void> {
  const parts = await keysOf(items, owner, 'part#');
  if (parts.length === 0) return;
  const named = new Set((await keysOf(items, owner, 'page#')).flatMap(partsOf));
  for (const [name, group] of Map.groupBy(parts, groupOf)) {
    if (named.has(name)) continue;
    const at = name.lastIndexOf('#');
    if (!(await fences.keepOut(owner, name.slice(0, at), name.slice(at + 1)))) continue;
    for (const part of group) await items.drop(owner, sortOf(part));
  }
}

/** The items of a kind, without what they hold. */
function keysOf(items: OwnerItems, owner: OwnerKey, prefix: string): Promise<Item[]> {
  return Array.fromAsync(
    items.query(owner, 'begins_with(sk, :prefix)', { ':prefix': { S: prefix } }, { attributes: 'sk, parts' }),
  );
}

/** `2026-11#<account>#<name>` of the parts that a page names, if it does. */
function partsOf(page: Item): string[] {
  const name = page['parts']?.S;
  return name ? [`${sortOf(page).slice('page#'.length)}#${name}`] : [];
}

/** `2026-11#<account>#<name>` of a part. */
function groupOf(part: Item): string {
  const sort = sortOf(part);
  return sort.slice('part#'.length, sort.lastIndexOf('#'));
}
