/**
 * Owners in the field: in 22 countries, with what misleads there. Friends whose names are brands, employers that are banks,
 * insurers, brokers and shops, money that only moves, statements without a party; and owners with accounts of another country.
 */
import type { Composed, Plan } from './compose.ts';
import { compose } from './compose.ts';
import { deliver, pieces } from './deliver.ts';
import type { Ledger } from './ledger.ts';
import type { ImportMessage, Life, Split, Transaction } from './life.ts';
import { iban, random } from './life.ts';
import { asOf, counts, plans } from './lives.ts';
import type { Miss } from './misses.ts';
import { COUNTRIES, type Country, type FieldWords, NORDIC, vocabularyOf } from './vocabulary.ts';

/** A situation of an owner; `plan`: what it requires of the accounts. */
type Meeting = { miss: Miss; plan?: Pick<Plan, 'accounts' | 'moves' | 'pocket'> };

const MONTHS_BACK = [35, 95, 155] as const;

/** All situations of owners of a country, in a fixed order. */
function meetings(country: Country, words: FieldWords): Meeting[] {
  const employer = (n: number, says: string, near: string[]): Meeting => ({
    miss: { says, near, employer: words.employers[n] ?? '', salariedOnly: true },
  });
  const pocket = ['GB', 'HU', 'PL', 'CZ', 'RO', 'SE', 'DK', 'NO'].includes(country) ? 'EUR' : 'USD';
  return [
    { miss: { says: 'friends have the names of brands and trades', near: ['in-collection'], live: friends(words) } },
    employer(0, 'works for a bank', []),
    {
      miss: { says: 'changes money between own pockets', near: [] },
      plan: { accounts: 2, moves: words.exchange, pocket },
    },
    employer(1, 'works for an insurer', ['insured']),
    {
      miss: { says: 'pays the bill of a card that is held too', near: [] },
      plan: { accounts: 2, moves: words.cardBill },
    },
    employer(2, 'works for a broker', ['investor', 'crypto-investor']),
    { miss: { says: 'debits bounce and are tried again', near: ['in-collection'], live: bounced(words) } },
    employer(3, 'works at a supermarket', []),
    { miss: { says: 'a wage is taken back and paid again', near: [], salariedOnly: true, live: reversed(words) } },
    { miss: { says: 'dear goods are sent back', near: [], live: sentBack(words) } },
    { miss: { says: 'is given on the day just what a bill costs', near: [], live: givenTheSame } },
  ];
}

const friends = (words: FieldWords) => (l: Ledger) =>
  words.friends.forEach((friend, n) => {
    const title = words.friendTitles[n % words.friendTitles.length] ?? '';
    l.often('friend', n === 0 ? 2.2 : 0.8, 12, 45, { merchant: `${friend}>${title}` });
    l.often('moneyBack', 0.3, 8, 25, { merchant: `${friend}>${title}` });
  });

const bounced = (words: FieldWords) => (l: Ledger, income: number) => {
  const merchant = l.merchants('utilities')[0] ?? '';
  for (const back of MONTHS_BACK) {
    const eur = l.rng.between(0.1, 0.2) * income;
    l.add('void', l.end - back, eur, { merchant });
    l.add('voidIn', l.end - back + 1, eur, { merchant: `${partyOf(merchant)}>${words.bounced}` });
    l.add('utilities', l.end - back + 4, eur, { merchant });
  }
};

const reversed = (words: FieldWords) => (l: Ledger) => {
  const wages = l.rows.filter(({ trade, day }) => trade === 'wage' && day > l.end - 170);
  for (const { day, eur, merchant } of wages.slice(0, 3)) {
    l.add('voidIn', day - 3, eur, { merchant });
    l.add('void', day - 1, eur, { merchant: `${partyOf(merchant)}>${words.reversed}` });
  }
};

const sentBack = (words: FieldWords) => (l: Ledger, income: number) => {
  for (const back of MONTHS_BACK) {
    const merchant = l.rng.pick(l.merchants('electronics'));
    const eur = l.rng.between(0.7, 1.1) * income;
    l.add('void', l.end - back, eur, { merchant });
    l.add('voidIn', l.end - back + 9, eur, { merchant: `${merchant}>${words.refund}` });
  }
};

/** Near miss of money that only moves: two real payments of one amount on one day. */
const givenTheSame = (l: Ledger, income: number) => {
  const [from, to] = [l.merchants('parents')[0] ?? '', l.merchants('utilities')[0] ?? ''];
  for (const back of MONTHS_BACK) {
    const eur = l.rng.between(0.05, 0.1) * income;
    l.add('parents', l.end - back, eur, { merchant: from });
    l.add('utilities', l.end - back, eur, { merchant: to });
  }
};

const partyOf = (merchant: string): string => merchant.split('>')[0] ?? '';

/** As elsewhere, but each owner has one or two of the situations above. */
function situated(chosen: readonly Plan[], split: Split): Plan[] {
  const { field } = vocabularyOf(split);
  return chosen.map((plan, n) => {
    const all = meetings(plan.country, field[plan.country]);
    const lived: string[] = [plan.role, plan.housing, ...plan.habits];
    const fitting = all.filter(
      ({ miss }) =>
        plan.months > 2 &&
        (miss.salariedOnly !== true || plan.role === 'salaried') &&
        !miss.near.some((id) => lived.includes(id)) &&
        !(plan.habits.includes('cash-user') && miss.live !== undefined),
    );
    // Eleven situations, and eighteen or four countries: every country has every situation.
    const first = fitting[n % Math.max(1, fitting.length)];
    const others = fitting.filter(({ miss, plan: asks }) => !miss.employer === Boolean(first?.miss.employer) && !asks);
    const second = others[(n * 3 + 1) % Math.max(1, others.length)];
    const met = [first, second].filter((one) => one !== undefined && one !== null);
    return {
      ...plan,
      accounts: 1,
      ...first?.plan,
      ...(plan.housing === 'tenant' && n % 2 === 0 && { landlord: field[plan.country].friends[1] ?? '' }),
      misses: [...new Set(met.map(({ miss }) => miss))],
    };
  });
}

/** Composes a plan; parts that make its life unclear are left out. */
function composed(plan: Plan, split: Split, seed: number): Composed {
  for (let misses = plan.misses; ; misses = misses.slice(0, -1)) {
    try {
      return compose({ ...plan, misses }, vocabularyOf(split), seed, asOf);
    } catch (error) {
      if (misses.length === 0) throw error;
    }
  }
}

/**
 * Owners in the field of 18 countries; most of their statements on paper print the party in the title.
 *
 * @param most owners at most, the first ones
 */
export function generateFieldLives(seed: number, split: Split, most = Number.POSITIVE_INFINITY): Life[] {
  const elsewhere = COUNTRIES.filter((country) => !NORDIC.some((one) => one === country));
  return lived(situated(plans(seed + 40, split, elsewhere), split).slice(0, most), 0, seed, split);
}

/** The same in the Nordic countries, as many in each. They are apart, so that adding them changed no owner elsewhere. */
export function generateNordicLives(seed: number, split: Split, most = Number.POSITIVE_INFINITY): Life[] {
  const many = Math.ceil((counts[split] * NORDIC.length) / (COUNTRIES.length - NORDIC.length));
  const chosen = situated(plans(seed + 60, split, NORDIC), split).slice(0, Math.min(many, most));
  return lived(chosen, counts[split], seed, split);
}

function lived(chosen: readonly Plan[], from: number, seed: number, split: Split): Life[] {
  return chosen.map((plan, at): Life => {
    const n = from + at;
    const own = seed * 1000 + n + (split === 'open' ? 2_000_000 : 2_500_000);
    const { ledger, profiles, story } = composed(plan, split, own);
    const ownerExternalId = `field-${split}-${plan.country.toLowerCase()}-${String(n + 1).padStart(3, '0')}`;
    const rng = random(own + 31);
    const mode = rng.pick([0, 1, 1, 2, 3, 4]);
    const imports = deliver(ledger, pieces(ledger.start, ledger.end, mode), {
      clientId: 'demo',
      ownerExternalId,
      seed: own + 77,
      partyless: rng.chance(0.7),
    });
    return { ownerExternalId, country: plan.country, split, story, profiles, asOf, imports, trades: ledger.trades };
  });
}

/** Countries in which banks open accounts for people of every other. */
const BANKS_ABROAD: readonly Country[] = ['LT', 'BE', 'DE'];

/** The same owners with accounts at a bank abroad, in the currency that they had. */
export function withForeignAccounts(lives: readonly Life[]): Life[] {
  return lives.map((life, n) => {
    const abroad = BANKS_ABROAD.filter((country) => country !== life.country);
    const where = abroad[n % abroad.length]!;
    const rng = random(n + 1);
    const moved = new Map<string, string>();
    for (const { iban: known } of life.imports.flatMap(({ accounts }) => accounts)) {
      if (known !== undefined && !moved.has(known)) moved.set(known, iban(where, rng));
    }
    return { ...life, imports: life.imports.map((message) => movedTo(moved, message)) };
  });
}

function movedTo(moved: ReadonlyMap<string, string>, message: ImportMessage): ImportMessage {
  const row = (transaction: Transaction): Transaction => {
    const other = transaction.partyIban && moved.get(transaction.partyIban);
    return other === undefined || other === '' ? transaction : { ...transaction, partyIban: other };
  };
  return {
    ...message,
    accounts: message.accounts.map((account) => ({
      ...account,
      ...(account.iban !== undefined && { iban: moved.get(account.iban) ?? account.iban }),
      transactions: account.transactions.map(row),
    })),
  };
}
