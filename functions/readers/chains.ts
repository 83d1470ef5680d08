/** Which pieces of an account go on in which others: pages by number, statements by balance, overlaps by equal rows. */
import { balancesAlong, joined, type Piece } from './pieces.ts';

/** Joins what belongs together. The answer depends on the set of pieces alone, not on their order. */
export function chainsOf(pieces: readonly Piece[]): Piece[] {
  const inOrder = [...pieces].sort(compare);
  return overlapped(byBalance(withoutContained(byPage(inOrder))));
}

/** By days, then by content, so that the order of files makes no difference. */
function compare(a: Piece, b: Piece): number {
  return (
    start(a) - start(b) ||
    (a.firstPage?.number ?? 0) - (b.firstPage?.number ?? 0) ||
    (contentOf(a) < contentOf(b) ? -1 : 1)
  );
}

function start({ rows, opening, from }: Piece): number {
  return rows[0]?.day ?? opening?.on ?? from;
}

export function contentOf({ rows, opening, closing, from, to, firstPage, lastPage }: Piece): string {
  const balances = [opening, closing].map((balance) => balance && [balance.on, String(balance.amount)]);
  return JSON.stringify([rows.map(({ key }) => key), balances, from, to, firstPage, lastPage]);
}

/** Pages of one statement in the order of their numbers. */
function byPage(pieces: readonly Piece[]): Piece[] {
  const chains: Piece[] = [];
  const open = new Map<string, number>();
  const pageKey = (statement: string, number: number) => JSON.stringify([statement, number]);
  const inOrder = [...pieces].sort((a, b) => (a.firstPage?.number ?? 0) - (b.firstPage?.number ?? 0));
  for (const piece of inOrder) {
    const { firstPage: page } = piece;
    const before = page && page.statement !== '' ? open.get(pageKey(page.statement, page.number - 1)) : undefined;
    const place = before !== undefined && meet(chains[before]!, piece) ? before : chains.length;
    chains[place] = place === chains.length ? piece : joined(chains[place]!, piece);
    if (page) {
      if (place === before) open.delete(pageKey(page.statement, page.number - 1));
      if (piece.endsInside) open.set(pageKey(page.statement, page.number), place);
    }
  }
  return chains;
}

/** Whether the balances, where both are known, allow that `next` goes on where `first` ends. */
function meet({ closing }: Piece, { opening }: Piece): boolean {
  return !closing || !opening || closing.amount === opening.amount;
}

/** Pieces whose rows are all in another piece, behind the same balance, add nothing new. */
function withoutContained(pieces: readonly Piece[]): Piece[] {
  const byRow = new Map<string, Set<Piece>>();
  for (const piece of pieces) {
    for (const { key } of piece.rows) {
      const holders = byRow.get(key);
      if (holders) holders.add(piece);
      else byRow.set(key, new Set([piece]));
    }
  }
  const gone = new Set<Piece>();
  for (const piece of pieces) {
    const [row] = piece.rows;
    if (!row || !piece.startsInside || !piece.endsInside) continue;
    for (const other of byRow.get(row.key) ?? []) {
      if (other === piece || gone.has(other) || other.rows.length <= piece.rows.length) continue;
      if (placeIn(other, piece) !== undefined) gone.add(piece);
    }
  }
  return pieces.filter((piece) => !gone.has(piece));
}

/** How many rows of `whole` are before the rows of `part`, which then follow to the end of one of the two. */
function placeIn(whole: Piece, part: Piece): number | undefined {
  const balances = balancesAlong(whole);
  const opening = part.opening?.amount;
  if (!balances || opening === undefined) return undefined;
  for (let place = 0; place < whole.rows.length; place++) {
    if (balances[place] !== opening) continue;
    const length = Math.min(part.rows.length, whole.rows.length - place);
    if (part.rows.slice(0, length).every(({ key }, index) => whole.rows[place + index]?.key === key)) return place;
  }
  return undefined;
}

/**
 * Statements that end in the middle of a day and go on in others: a walk from balance to balance. Where several begin
 * with one balance, walks that come back to it are put in, so that none is left over (the algorithm of Hierholzer).
 */
function byBalance(pieces: readonly Piece[]): Piece[] {
  const byOpening = new Map<string, Piece[]>();
  for (const piece of pieces) {
    if (piece.opening && (piece.startsInside || piece.mayStartInside)) add(byOpening, nodeOf(piece.opening), piece);
  }
  const closings = new Set(pieces.flatMap(({ closing }) => (closing ? [nodeOf(closing)] : [])));
  const goesOn = ({ opening }: Piece) => Number(opening !== undefined && closings.has(nodeOf(opening)));
  const used = new Set<Piece>();
  const walk = (from: Piece): Piece[] => {
    const path: Piece[] = [];
    const waiting = [from];
    used.add(from);
    while (waiting.length > 0) {
      const last = waiting.at(-1)!;
      const open = last.closing && byOpening.get(nodeOf(last.closing));
      // Used ones in front are removed for good: very many pieces may start with one balance.
      while (open?.[0] && used.has(open[0])) open.shift();
      const next = open?.find((piece) => !used.has(piece) && mayFollow(last, piece));
      if (next) {
        used.add(next);
        waiting.push(next);
      } else path.push(waiting.pop()!);
    }
    return path.reverse();
  };
  // Walks begin where a day does, else where no other piece ends.
  const rank = (piece: Piece) =>
    piece.startsInside || piece.mayStartInside ? 1 + goesOn(piece) * 2 + Number(piece.startsInside) : 0;
  const starts = [...pieces].sort((a, b) => rank(a) - rank(b));
  return starts.flatMap((piece) => (used.has(piece) ? [] : runsOf(walk(piece))));
}

/** Pages of one statement follow by their numbers alone: what was on a page between them may add up to nothing. */
function mayFollow({ lastPage }: Piece, { firstPage }: Piece): boolean {
  if (!lastPage || !firstPage || lastPage.statement === '' || lastPage.statement !== firstPage.statement) return true;
  return firstPage.number === lastPage.number + 1;
}

function nodeOf({ on, amount }: { readonly on: number; readonly amount: bigint }): string {
  return `${on} ${amount}`;
}

/** A walk that got stuck falls apart where two neighbours do not meet. */
function runsOf(path: readonly Piece[]): Piece[] {
  const runs: Piece[] = [];
  let last: Piece | undefined;
  for (const piece of path) {
    const meets = last?.closing && piece.opening && nodeOf(last.closing) === nodeOf(piece.opening);
    if (last && meets && mayFollow(last, piece)) runs.push(joined(runs.pop()!, piece));
    else runs.push(piece);
    last = piece;
  }
  return runs;
}

function add<Key, Value>(map: Map<Key, Value[]>, key: Key, value: Value): void {
  const values = map.get(key);
  if (values) values.push(value);
  else map.set(key, [value]);
}

/** Pieces of which one begins with the rows that the other ends with. */
function overlapped(pieces: readonly Piece[]): Piece[] {
  const open = ({ startsInside, endsInside }: Piece) => startsInside || endsInside;
  const chains: Piece[] = [];
  for (const next of pieces.filter(open).sort(compare)) {
    let piece = next;
    for (let index = 0; index < chains.length; ) {
      const both = overlap(chains[index]!, piece) ?? overlap(piece, chains[index]!);
      if (both) {
        piece = both;
        chains.splice(index, 1);
        index = 0;
      } else index++;
    }
    chains.push(piece);
  }
  return [...pieces.filter((piece) => !open(piece)), ...chains];
}

function overlap(first: Piece, next: Piece): Piece | undefined {
  if (!first.endsInside || !next.startsInside || !next.opening || next.rows.length === 0) return undefined;
  if ((first.rows.at(-1)?.day ?? 0) < (next.rows[0]?.day ?? 0)) return undefined;
  const place = placeIn(first, next);
  if (place === undefined) return undefined;
  const shared = first.rows.length - place;
  return shared < next.rows.length ? joined(first, next, shared) : undefined;
}
