/** Makes answers of one run the same as those of another: what differs by chance or by the moment gets a made-up value. */

const ULID = /\b01[0-9A-HJKMNP-TV-Z]{24}\b/g;
const UUID = /\b[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\b/g;
const KEY_ID = /\bk[0-9A-Za-z]{13}\b/g;
const INSTANT = /\b(\d{4}-\d{2}-\d{2})T\d{2}:\d{2}:\d{2}(?:\.\d+)?Z/g;
const CROCKFORD = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

/** Values that nobody can foresee, by the name of their field. */
const MADE_UP: Readonly<Record<string, unknown>> = {
  requestId: 'c6af9ac6-7b61-11e6-9a41-93e8deadbeef',
  durationMs: 84,
  // Imports that come together make one change.
  sequence: 2,
  secret: `whsec_${'A'.repeat(32)}`,
  apiKey: `op_${'0'.repeat(43)}`,
};

export type Made = {
  /** Where the service was asked, and where its webhooks were received. */
  readonly baseUrl: string;
  readonly receiver: string;
  /** Version of the built-in catalogue, which every change of its words changes. */
  readonly builtIn: string;
  /** The day of the run: its instants become noon. */
  readonly today: string;
};

/** For the answers of one run, in their order: the first id becomes the first made-up one, wherever it is. */
export function stabiliser({ baseUrl, receiver, builtIn, today }: Made): (value: unknown, few?: number) => unknown {
  const ids = new Map<string, string>();
  const numbered = (id: string, made: (number: number) => string) => {
    const known = ids.get(id) ?? made(ids.size + 1);
    ids.set(id, known);
    return known;
  };
  const text = (value: string): string => {
    return value
      .replaceAll(receiver, 'https://hooks.example.com/owner-profiles')
      .replaceAll(baseUrl, 'https://profiles.example.com')
      .replaceAll(builtIn, '8e2083afe4dd')
      .replace(INSTANT, (instant, day) => (day === today ? `${today}T12:00:00.000Z` : instant))
      .replace(ULID, (id) => numbered(id, ulid))
      .replace(UUID, (id) => numbered(id, (number) => `5fea7756-0ea4-451a-a703-${String(number).padStart(12, '0')}`))
      .replace(KEY_ID, (id) => numbered(id, (number) => `k${String(number).padStart(13, '0')}`));
  };
  const field = (name: string, value: unknown, few: number): unknown => {
    if (name in MADE_UP && value !== null) return MADE_UP[name];
    if (typeof value !== 'string') return walk(value, few);
    if (name === 'hash') return value.replace(/[0-9a-f]/g, (_, at: number) => (at % 16).toString(16));
    if (name === 'cursor') return /^\d+\.\d+$/.test(value) ? value : cursor(value);
    if (name === 'url' && value.includes('X-Amz-Signature'))
      return 'https://files.example.com/part-0?X-Amz-Signature=00';
    return text(value);
  };
  const walk = (value: unknown, few: number): unknown => {
    if (Array.isArray(value)) {
      // Of a list of names none may be missing: it would say something else.
      const shown = typeof value[0] === 'object' ? value.slice(0, few) : value;
      return shown.map((item) => field('', item, few));
    }
    if (typeof value !== 'object' || value === null) return typeof value === 'string' ? text(value) : value;
    const entries = Object.entries(value);
    // A table by name, such as that of features, and no object of a schema.
    const shown = entries.length > 40 ? entries.slice(0, few) : entries;
    return Object.fromEntries(shown.map(([name, inner]) => [name, field(name, inner, few)]));
  };
  return (value, few = Number.POSITIVE_INFINITY) => walk(value, few);
}

/** A place in the feed of changes has its instant; others are sealed, or names. */
function cursor(value: string): string {
  return /^[0-9a-z]+-[0-9a-z]{8,9}$/.test(value) ? '1a-mhq3c0w0' : 'bG9hbi00NzEx';
}

/** Of the instant of the other examples, and as many steps of chance. */
function ulid(number: number): string {
  const digits = [CROCKFORD[Math.floor(number / 32) % 32], CROCKFORD[number % 32]].join('');
  return `01JD9YB2M0${'7Q4W8ZC5R1T6KH'}${digits}`;
}
