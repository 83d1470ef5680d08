/** Which of the things found about a row speak. What is surer goes first; something less sure is not heard on the same question. */
import type { Family } from './compiled-rule.ts';
import type { Found } from './label-reasons.ts';
import { KINDS, type LabelSet, type Labels, type Meaning, type Side } from './meaning.ts';
import type { Match } from './reading.ts';
import type { Field } from './rules.ts';

/** A rule that holds for a row, and what it gives for the way the money goes (undefined: a brand that says nothing of it). */
export type Hit = Match & { readonly field: Field; readonly side: Side | undefined };

/** What the codes of a row say. */
export type CodeEvidence = {
  /** Labels of the merchant category code. */
  readonly code: Labels;
  readonly codeKinds: number;
  /** What is not meant where the code is. */
  readonly codeHides: LabelSet | undefined;
  readonly codeReason: string;
  readonly codeIsWeak: boolean;
  /** The code means something that no label is for: a notary, a post office, a laundry. */
  readonly codeIsService: boolean;
  readonly refundByCode: boolean;
  /** Labels of the bank transaction code. */
  readonly bankCode: Labels;
  readonly bankCodeReason: string;
};

export type Evidence = {
  readonly hits: readonly Hit[];
  readonly direction: 'in' | 'out';
  readonly codes: CodeEvidence;
};

const NOTHING: Labels = [];
/** Hits up to which it costs less to compare each with each than to look for like ones. */
const MANY_HITS = 16;

/** Adds to `found` what the evidence says; what is there already stays. */
export function decide(found: Found, { hits, direction, codes }: Evidence, meaning: Meaning): void {
  for (const { side, value } of hits) if (side) found.give(side.qualifies, value.reason);
  const { code, codeReason } = codes;
  const meant = meantOf(hits, codes, meaning);
  const brand = bestOf(meant, 'brand');
  const word = wordOf(meant, code);
  const weak = bestOf(meant, 'weak');
  const brandSays = brand?.side?.says ?? NOTHING;
  const brandKinds = brand?.side?.kinds ?? 0;
  const wordSays = word?.side?.says ?? NOTHING;
  const codeFirst = !codes.codeIsWeak && (codes.codeKinds & KINDS.codeAboveBrand) !== 0;
  const pay = direction === 'in' && brandKinds & KINDS.yieldsToPay ? payOf(meant, brand, hits) : undefined;
  if (pay) {
    found.give(pay.side?.says ?? NOTHING, pay.value.reason);
  } else if (codeFirst && (brandSays.length === 0 || brandKinds & KINDS.retail)) {
    found.give(code, codeReason);
  } else if (brand && brandSays.length > 0 && !(word && wordSays.length > 0 && yieldsTo(word, brand))) {
    found.give(brandSays, brand.value.reason);
  } else if (code.length > 0 && !codes.codeIsWeak) {
    found.give(code, codeReason);
  } else if (word && wordSays.length > 0 && !isPayOut(word, brand, hits)) {
    found.give(wordSays, word.value.reason);
  } else if (codes.bankCode.length > 0) {
    found.give(codes.bankCode, codes.bankCodeReason);
  } else if (weak && isPayOf(brand, weak)) {
    found.give(weak.side?.says ?? NOTHING, weak.value.reason);
  } else if (direction === 'in' && (isShop(brand) || codes.refundByCode)) {
    const reason = isShop(brand) ? brand?.value.reason : codeReason;
    found.give(meaning.refund, `${reason}, money back`);
  } else if (code.length > 0) {
    found.give(code, codeReason);
  } else if (weak?.side && !isPayOut(weak, brand, hits)) {
    found.give(weak.side.says, weak.value.reason);
  }
}

/** The hits that nothing else shows not to be meant. */
function meantOf(hits: readonly Hit[], codes: CodeEvidence, meaning: Meaning): readonly Hit[] {
  const byCode = codes.codeIsService ? meaning.service.hides : codes.codeHides;
  if (hits.length === 0 || (hits.length === 1 && !byCode)) return hits;
  const unlike = hits.length > MANY_HITS ? bestOfAlike(hits) : hits;
  return unlike.filter((hit) => {
    const keepsBrand = (codes.codeIsWeak || codes.codeIsService) && hit.value.family === 'brand';
    if (byCode && !keepsBrand && isHiddenBy(byCode, codes.code, hit)) return false;
    return unlike.length === 1 || !unlike.some((other) => hides(other, hit));
  });
}

/**
 * Of hits of one family in one field that give the same, the longest, of equal ones the first: nothing hides one of them without the
 * others, and no other one would win. So there are no more than the catalogue has combinations of labels, however many a text holds.
 */
function bestOfAlike(hits: readonly Hit[]): readonly Hit[] {
  const best = new Map<Side | undefined, Hit[]>();
  for (const hit of hits) {
    const ofSide = best.get(hit.side) ?? [];
    if (ofSide.length === 0) best.set(hit.side, ofSide);
    const at = ofSide.findIndex(({ field, value }) => field === hit.field && value.family === hit.value.family);
    if (at < 0) ofSide.push(hit);
    else if (lengthOf(hit) > lengthOf(ofSide[at]!)) ofSide[at] = hit;
  }
  const kept = new Set([...best.values()].flat());
  return hits.filter((hit) => kept.has(hit));
}

function lengthOf({ start, end }: Hit): number {
  return end - start;
}

/** A word that the code agrees with, else one that says something: what gives nothing hides what is inside it, not what is beside it. */
function wordOf(meant: readonly Hit[], code: Labels): Hit | undefined {
  const agreed = ({ side }: Hit) => side?.says.some((label) => code.includes(label)) === true;
  return (code.length > 0 ? bestOf(meant, 'word', agreed) : undefined) ?? bestOf(meant, 'word', saysSomething);
}

function saysSomething({ side }: Hit): boolean {
  return side !== undefined && side.says.length > 0;
}

/** A word for pay that is no pay-out of the brand beside it. */
function payOf(meant: readonly Hit[], brand: Hit | undefined, hits: readonly Hit[]): Hit | undefined {
  const isPay = (hit: Hit) => ((hit.side?.kinds ?? 0) & KINDS.compensation) !== 0;
  const pay = bestOf(meant, 'word', isPay);
  return pay && !isPayOut(pay, brand, hits) ? pay : undefined;
}

/** A pay-out of an insurer, a bookmaker or a marketplace is no pay, a bonus of a bank neither. */
function isPayOut({ side, value }: Hit, brand: Hit | undefined, hits: readonly Hit[]): boolean {
  const kinds = side?.kinds ?? 0;
  return (
    (kinds & KINDS.compensation) !== 0 &&
    (value.family === 'weak' || (kinds & KINDS.extraPay) !== 0) &&
    ((soldBy(brand) & KINDS.paysOut) !== 0 || hits.some(isRail))
  );
}

/**
 * A bank does much, and a brand that is called by a word of everyday language may not be meant: words say what the row is. So does the
 * word for a trade right before a name of one word ("Boucherie Gamma" is a butcher's of that name), and for what a shop does beside its
 * own trade, anywhere in the text ("Kaufland Tankstelle").
 */
function yieldsTo(word: Hit, brand: Hit): boolean {
  const kinds = word.side?.kinds ?? 0;
  if ((brand.side?.kinds ?? 0) & KINDS.bank || brand.value.isOrdinary) return true;
  if (word.field !== brand.field || !((brand.side?.kinds ?? 0) & KINDS.retail)) return false;
  if (kinds & KINDS.besideTheTrade) return true;
  return (kinds & KINDS.bought) !== 0 && word.end === brand.start && lengthOf(brand) === 1;
}

/** A brand that sells, and so gives money back: its rule knows what is bought there and says nothing of money that comes in. */
function isShop(brand: Hit | undefined): boolean {
  if (!brand || brand.value.in !== undefined) return false;
  const sells = brand.value.out?.says ?? NOTHING;
  return sells.length > 0 && !(soldBy(brand) & KINDS.notRefunded);
}

/** "Wypłata" from a supermarket goes to who works there. */
function isPayOf(brand: Hit | undefined, weak: Hit): boolean {
  return ((weak.side?.kinds ?? 0) & KINDS.compensation) !== 0 && (soldBy(brand) & KINDS.retail) !== 0;
}

/** Kinds of what is bought from a brand. */
function soldBy(brand: Hit | undefined): number {
  return brand?.value.out?.kinds ?? 0;
}

function isRail({ value }: Hit): boolean {
  return value.family === 'gateway';
}

/** Whether a hit says only what another one shows not to be meant. */
function hides(other: Hit, hit: Hit): boolean {
  if (!other.side?.hidesBeside || !hit.side) return false;
  if (other.value.family === 'weak' && hit.value.family !== 'weak') return false;
  const hidden = other.field === hit.field ? other.side.hidesBeside : other.side.hides;
  return hidden !== undefined && isHiddenBy(hidden, other.side.says, hit);
}

function isHiddenBy(hidden: LabelSet, says: Labels, { side }: Hit): boolean {
  return (
    side?.says.some((label) => hidden[label] === 1) === true &&
    !side.says.some((label) => hidden[label] !== 1 && says.includes(label))
  );
}

/** The longest hit of a family that says more than how it was paid; of equal ones the first, titles before parties. */
export function bestOf(hits: readonly Hit[], family: Family, isWanted?: (hit: Hit) => boolean): Hit | undefined {
  let best: Hit | undefined;
  for (const hit of hits) {
    if (hit.value.family !== family) continue;
    if (hit.side && hit.side.says.length === 0 && hit.side.qualifies.length > 0) continue;
    if (isWanted && !isWanted(hit)) continue;
    if (!best || lengthOf(hit) > lengthOf(best)) best = hit;
  }
  return best;
}
