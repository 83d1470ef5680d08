/** Which of the things found about a row speak. What is surer goes first; something less sure is not heard on the same question. */
import { type CompiledRule, type Family, hiddenBy, NOT_A_SERVICE, type Side } from './compiled-rule.ts';
import type { Match } from './patterns.ts';
import type { Field } from './rules.ts';

/** A rule that holds for a row, and what it gives for the way the money goes (undefined: a brand that says nothing of it). */
export type Hit = Match<CompiledRule> & { readonly field: Field; readonly side: Side | undefined };

export type Evidence = {
  readonly hits: readonly Hit[];
  readonly direction: 'in' | 'out';
  /** Labels of the merchant category code, and of the bank transaction code. */
  readonly code: readonly string[];
  readonly codeReason: string;
  readonly codeIsWeak: boolean;
  /** The code stands for something that no label is for: a notary, a post office, a laundry. */
  readonly codeIsService: boolean;
  readonly refundByCode: boolean;
  readonly bankCode: readonly string[];
  readonly bankCodeReason: string;
};

/** What a brand of these sells does not come back as a refund: pay-outs, winnings and transfers do. */
const NOT_REFUNDED: ReadonlySet<string> = new Set([
  'insurance',
  'gambling',
  'bank',
  'investment',
  'crypto',
  'savings',
  'currency exchange',
  'charity',
  'second hand',
]);
/** What a shop of one kind sells under a code of another: the filling station of a supermarket, the restaurant of a furniture store. */
const CODES_ABOVE_BRANDS: ReadonlySet<string> = new Set([
  'fuel',
  'ev charging',
  'parking',
  'pharmacy',
  'restaurant',
  'fast food',
  'optician',
]);
const RETAIL: ReadonlySet<string> = new Set([
  'grocery',
  'fuel',
  'furniture',
  'diy',
  'electronics',
  'apparel',
  'beauty',
  'kids',
  'gardening',
]);
const NOTHING: readonly string[] = [];
const NONE: ReadonlySet<string> = new Set();

/** Adds to `found` (label → reason) what the evidence says; what is there already stays. */
export function decide(found: Map<string, string>, evidence: Evidence): void {
  const give = (labels: readonly string[], reason: string) => {
    for (const label of labels) if (!found.has(label)) found.set(label, reason);
  };
  const { hits, code, codeReason } = evidence;
  for (const { side, value } of hits) if (side) give(side.qualifies, value.reason);
  const byCode = hits.length === 0 ? NONE : evidence.codeIsService ? NOT_A_SERVICE : hiddenBy(code);
  const meant = hits.filter(
    (hit) =>
      !(
        byCode.size > 0 &&
        isHiddenBy(byCode, code, hit) &&
        !((evidence.codeIsWeak || evidence.codeIsService) && hit.value.family === 'brand')
      ) && !(hits.length > 1 && hits.some((other) => hides(other, hit))),
  );
  const brand = bestOf(meant, 'brand');
  const agreed = meant.filter(({ side }) => side?.says.some((label) => code.includes(label)));
  const word = bestOf(agreed, 'word') ?? bestOf(meant.filter(saysSomething), 'word');
  // A pay-out of an insurer, a bookmaker or a marketplace is no pay, a bonus of a bank neither.
  const isPayOut = ({ side, value }: Hit) =>
    side?.says.includes('compensation') === true &&
    (value.family === 'weak' || side.says.includes('extra pay')) &&
    (paysOut(brand) || hits.some(isRail));
  const weak = bestOf(meant, 'weak');
  const brandSays = brand?.side?.says ?? NOTHING;
  const wordSays = word?.side?.says ?? NOTHING;
  const codeFirst = !evidence.codeIsWeak && code.some((label) => CODES_ABOVE_BRANDS.has(label));
  if (codeFirst && (brandSays.length === 0 || brandSays.some((label) => RETAIL.has(label)))) {
    give(code, codeReason);
  } else if (brand && brandSays.length > 0 && !(brandSays.includes('bank') && wordSays.length > 0)) {
    give(brandSays, brand.value.reason);
  } else if (code.length > 0 && !evidence.codeIsWeak) {
    give(code, codeReason);
  } else if (word && wordSays.length > 0 && !isPayOut(word)) {
    give(wordSays, word.value.reason);
  } else if (evidence.bankCode.length > 0) {
    give(evidence.bankCode, evidence.bankCodeReason);
  } else if (isPayOf(brand, weak)) {
    give(weak?.side?.says ?? NOTHING, weak?.value.reason ?? '');
  } else if (evidence.direction === 'in' && (isShop(brand) || evidence.refundByCode)) {
    give(['refund'], isShop(brand) ? `${brand?.value.reason}, money back` : `${codeReason}, money back`);
  } else if (code.length > 0) {
    give(code, codeReason);
  } else {
    if (weak?.side && !isPayOut(weak)) give(weak.side.says, weak.value.reason);
  }
}

/** A brand that sells, and so gives money back: its rule knows what is bought there and says nothing of money that comes in. */
function isShop(brand: Hit | undefined): boolean {
  if (!brand || brand.value.in !== undefined) return false;
  const sells = brand.value.out?.says ?? NOTHING;
  return sells.length > 0 && !sells.some((label) => NOT_REFUNDED.has(label));
}

/** "Wypłata" from a supermarket goes to who works there. */
function isPayOf(brand: Hit | undefined, weak: Hit | undefined): boolean {
  const sells = brand?.value.out?.says ?? NOTHING;
  return weak?.side?.says.includes('compensation') === true && sells.some((label) => RETAIL.has(label));
}

/** What gives nothing hides what stands inside it, not what stands beside it. */
function saysSomething({ side }: Hit): boolean {
  return side !== undefined && side.says.length > 0;
}

/** A brand whose customers are paid by it now and then. */
function paysOut(brand: Hit | undefined): boolean {
  const sells = brand?.value.out?.says ?? NOTHING;
  return sells.some((label) => NOT_REFUNDED.has(label) || label === 'marketplace');
}

function isRail({ value }: Hit): boolean {
  return value.family === 'gateway';
}

/** Whether a hit says only what another one shows not to be meant. */
function hides(other: Hit, hit: Hit): boolean {
  if (!other.side || !hit.side || other.side.hidesBeside.size === 0) return false;
  if (other.value.family === 'weak' && hit.value.family !== 'weak') return false;
  const { hides, hidesBeside } = other.side;
  return isHiddenBy(other.field === hit.field ? hidesBeside : hides, other.side.says, hit);
}

function isHiddenBy(hidden: ReadonlySet<string>, says: readonly string[], { side }: Hit): boolean {
  return (
    side?.says.some((label) => hidden.has(label)) === true &&
    !side.says.some((label) => says.includes(label) && !hidden.has(label))
  );
}

/** The longest hit of a family that does not only tell how was paid; of equal ones the first, titles before parties. */
export function bestOf(hits: readonly Hit[], family: Family): Hit | undefined {
  let best: Hit | undefined;
  for (const hit of hits) {
    if (hit.value.family !== family) continue;
    if (hit.side && hit.side.says.length === 0 && hit.side.qualifies.length > 0) continue;
    if (!best || hit.end - hit.start > best.end - best.start) best = hit;
  }
  return best;
}
