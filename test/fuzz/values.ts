/** Values that programs stumble over, and a document with one of them somewhere in it. */
import fc from 'fast-check';

/** Owners whose imports are processed before the first case; `LASTING` are never erased. */
export const LASTING = ['anna', 'caf\u00e9', 'plus+sign', '100%', '\u{1f415} owner'] as const;
export const ERASED = ['gone', 'gone too', 'gone/../three'] as const;
/** An owner of another client. Ours must never see its data. */
export const FOREIGN = 'owner of another client';
export const FOREIGN_MARK = 'MARK-OF-ANOTHER-CLIENT';

export const NASTY_TEXT = fc.constantFrom(
  '',
  ' ',
  '\0',
  '\r\nX-Injected: yes',
  '\n{"level":"INFO","message":"forged"}',
  '%0d%0aSet-Cookie: a=b',
  '\u001b[31mred',
  '$' + '{jndi:ldap://x/y}',
  "' OR '1'='1",
  '<script>alert(1)</script>',
  '../../etc/passwd',
  '__proto__',
  'constructor',
  'toString',
  'demo#owner#x',
  '#key#x',
  'other#client',
  '\ud800',
  '\ufffe\uffff',
  '\u202e\u2066',
  'x'.repeat(257),
  '\u{1f415}'.repeat(257),
  'y'.repeat(5_000),
  '2026-02-30',
  '9999-99-99',
  '+010000-01-01',
  '-1',
  '1e400',
  'NaN',
  'null',
);

export const NASTY: fc.Arbitrary<unknown> = fc.oneof(
  NASTY_TEXT,
  fc.constantFrom<unknown>(null, true, 0, -0, 1e308, -1e-308, 2 ** 53, [], {}, [[]], [null], { __proto__: null }),
  fc.jsonValue({ maxDepth: 3 }) as fc.Arbitrary<unknown>,
  fc.string({ unit: 'binary', maxLength: 60 }),
);

type Change = { readonly at: number; readonly how: 'replace' | 'remove' | 'double' | 'poison'; readonly by: unknown };

const CHANGE: fc.Arbitrary<Change> = fc.record({
  at: fc.nat(10_000),
  how: fc.constantFrom('replace', 'replace', 'remove', 'double', 'poison'),
  by: NASTY,
});

/** The document with one to three places changed. */
export function changed(document: fc.Arbitrary<unknown>): fc.Arbitrary<unknown> {
  return fc.tuple(document, fc.array(CHANGE, { minLength: 1, maxLength: 3 })).map(([value, changes]) => {
    const copy: unknown = JSON.parse(JSON.stringify(value));
    for (const change of changes) apply(copy, change);
    return copy;
  });
}

type Place = { readonly holder: Record<string, unknown>; readonly name: string };

function apply(document: unknown, { at, how, by: drawn }: Change): void {
  // A copy: a drawn value may be drawn again, and would then be put into itself.
  const by = structuredClone(drawn);
  const places = placesIn(document);
  const place = places[at % Math.max(1, places.length)];
  if (!place) return;
  const { holder, name } = place;
  if (how === 'remove' && !Array.isArray(holder)) delete holder[name];
  else if (how === 'double' && Array.isArray(holder)) holder.push(holder[Number(name)]);
  // As JSON.parse makes it: an own property, not a prototype.
  else if (how === 'poison')
    Object.defineProperty(holder, '__proto__', { value: by, enumerable: true, configurable: true, writable: true });
  else holder[name] = by;
}

function placesIn(value: unknown): Place[] {
  if (typeof value !== 'object' || value === null) return [];
  const holder = value as Record<string, unknown>;
  return Object.keys(holder).flatMap((name) => [{ holder, name }, ...placesIn(holder[name])]);
}
