/** The habits that make a profile: what it costs a month, what it needs, and how it shows in the rows. */
import type { Ledger, Span } from './ledger.ts';

export type Habit = {
  id: string;
  /** Profiles that follow from it besides its own. */
  implies?: readonly string[];
  says: string;
  /** Share of income it takes, and the least income it is lived on. */
  share: number;
  least: number;
  /** Months of history it takes to be seen. */
  months?: number;
  /** Only one habit of a kind that wants a large share of the spending. */
  large?: true;
  against?: readonly string[];
  live(ledger: Ledger, income: number, span: Span): void;
};

const trip = (ledger: Ledger, day: number, flies: boolean, size: number): void => {
  const { rng } = ledger;
  if (flies) ledger.add('airline', day - rng.int(14, 40), rng.between(45, 130) * size);
  else if (rng.chance(0.3)) ledger.add('tour', day - rng.int(20, 45), rng.between(180, 320) * size);
  ledger.add('stay', day, rng.between(90, 180) * size);
  for (let n = rng.int(2, 4); n > 0; n -= 1) ledger.add('abroad', day + rng.int(0, 4), rng.between(8, 30));
};

export const habits: readonly Habit[] = [
  {
    id: 'traveller',
    says: 'goes away five times a year',
    share: 0.12,
    least: 900,
    months: 14,
    against: ['frequent-flyer'],
    live(l, income, span) {
      const end = span.to ?? l.end;
      for (let n = 0; n < 7; n += 1)
        trip(l, end - 25 - n * 72 - l.rng.int(0, 12), n % 2 === 0, Math.min(2, income / 1800));
    },
  },
  {
    id: 'frequent-flyer',
    implies: ['traveller'],
    says: 'flies ten times a year',
    share: 0.14,
    least: 1300,
    months: 14,
    against: ['traveller'],
    live(l, _income, span) {
      const end = span.to ?? l.end;
      for (let n = 0; n < 20; n += 1) {
        const day = end - 10 - n * 32;
        l.add('airline', day, l.rng.between(50, 150));
        if (n % 2 === 0) {
          l.add('stay', day + 5, l.rng.between(80, 190));
          l.add('abroad', day + 6, l.rng.between(9, 35));
          l.add('abroad', day + 7, l.rng.between(9, 35));
        }
      }
    },
  },
  {
    id: 'driver',
    says: 'runs a car',
    share: 0.1,
    least: 800,
    against: ['ev-driver'],
    live(l, income, span) {
      const size = Math.min(1.3, Math.max(0.7, income / 1800));
      l.often('fuel', 3, 35 * size, 60 * size, span);
      l.often('parking', 1.5, 1.5, 6, span);
      l.often('carservice', 0.45, 12, 90 * size, span);
      l.often('toll', 0.25, 5, 15, span);
    },
  },
  {
    id: 'ev-driver',
    implies: ['driver'],
    says: 'drives an electric car',
    share: 0.09,
    least: 1800,
    against: ['driver'],
    live(l, _income, span) {
      l.often('evcharge', 5, 9, 26, span);
      l.often('parking', 3.2, 3, 9, span);
      l.often('carservice', 1.1, 14, 60, span);
      l.often('toll', 0.3, 6, 15, span);
    },
  },
  {
    id: 'commuter',
    says: 'goes to work by tram, bus or train',
    share: 0.04,
    least: 290,
    live(l, _income, span) {
      if (l.rng.chance(0.55)) l.monthly('pass', l.rng.int(1, 6), l.rng.between(24, 38), span);
      else l.often('transit', 14, 1, 2.4, span);
    },
  },
  {
    id: 'ride-hailer',
    says: 'takes a taxi twice a week',
    share: 0.05,
    least: 900,
    live(l, _income, span) {
      l.often('taxi', 7.5, 5, 14, span);
    },
  },
  {
    id: 'parent',
    says: 'has a small child',
    share: 0.12,
    least: 800,
    live(l, income, span) {
      const way = l.rng.int(0, 2);
      if (way !== 0) l.monthly('benefit', l.rng.int(8, 14), l.country === 'PL' ? 188 : 85, span);
      if (way !== 1) l.monthly('childcare', l.rng.int(3, 9), Math.min(350, 0.1 * income), span);
      l.often('kids', way === 0 ? 1.6 : 1.2, 12, 45, span);
    },
  },
  {
    id: 'pet-owner',
    says: 'buys pet food every three weeks',
    share: 0.04,
    least: 450,
    live(l, _income, span) {
      const web = l.rng.chance(0.4);
      l.often('pets', web ? 1.3 : 1.7, 16, 42, span);
      if (web) l.often('petsWeb', 0.5, 30, 55, span);
      l.often('vet', 0.3, 25, 70, span);
    },
  },
  {
    id: 'gamer',
    says: 'plays video games',
    share: 0.05,
    least: 420,
    live(l, _income, span) {
      l.often('gaming', 2.4, 8, 35, span);
    },
  },
  {
    id: 'gambler',
    says: 'bets every week',
    share: 0.1,
    least: 800,
    live(l, income, span) {
      l.often('bets', 6, 0.006 * income + 5, 0.02 * income + 8, span);
      l.often('lottery', 1, 3, 8, span);
    },
  },
  {
    id: 'fitness-enthusiast',
    says: 'trains all year',
    share: 0.04,
    least: 400,
    months: 15,
    live(l, _income, span) {
      l.monthly('gym', l.rng.int(2, 9), l.rng.between(22, 42), span);
      l.often('sport', 0.7, 15, 60, span);
    },
  },
  {
    id: 'foodie',
    says: 'eats out nearly every other day',
    share: 0.34,
    least: 900,
    large: true,
    live(l, income, span) {
      const each = (0.32 * income) / 13;
      l.often('restaurant', 9, each * 1.0, each * 1.6, span);
      l.often('cafe', 5, each * 0.25, each * 0.6, span);
    },
  },
  {
    id: 'takeaway-regular',
    says: 'has dinner brought to the door every week',
    share: 0.08,
    least: 800,
    live(l, _income, span) {
      l.often('delivery', 6.8, 9, 18, span);
    },
  },
  {
    id: 'night-owl',
    says: 'goes out at night',
    share: 0.08,
    least: 600,
    live(l, income, span) {
      l.often('bar', 5.4, 6, Math.min(28, 8 + income / 100), span);
    },
  },
  {
    id: 'fashion-lover',
    says: 'loves clothes',
    share: 0.21,
    least: 1000,
    large: true,
    live(l, income, span) {
      const each = Math.max(190, 0.2 * income) / 4.6;
      l.often('apparel', 3.6, each * 0.8, each * 1.25, span);
      l.often('jewellery', 0.5, each * 0.8, each * 1.4, span);
      l.often('apparelWeb', 0.5, each * 0.7, each, span);
    },
  },
  {
    id: 'beauty-lover',
    says: 'sees hairdresser and beautician',
    share: 0.06,
    least: 900,
    live(l, _income, span) {
      l.often('salon', 1.6, 24, 55, span);
      l.often('drugstore', 1.6, 10, 32, span);
    },
  },
  {
    id: 'tech-enthusiast',
    says: 'buys gadgets',
    share: 0.2,
    least: 1300,
    large: true,
    live(l, income, span) {
      const each = Math.max(215, 0.18 * income) / 2.2;
      l.often('electronics', 1.9, each * 0.8, each * 1.25, span);
      l.often('electronicsWeb', 0.4, each * 0.7, each * 1.1, span);
      l.monthly('techsubs', l.rng.int(3, 20), l.rng.between(4, 15), span);
    },
  },
  {
    id: 'home-improver',
    says: 'does up the house',
    share: 0.12,
    least: 1200,
    against: ['online-shopper'],
    live(l, income, span) {
      l.often('diy', 1.7, 20, 0.06 * income, span);
      l.often('garden', 0.5, 15, 50, span);
      l.often('furniture', 0.35, 60, 0.1 * income, span);
    },
  },
  {
    id: 'saver',
    says: 'puts money aside every month',
    share: 0.13,
    least: 900,
    against: ['cash-user', 'in-collection'],
    live(l, income, span) {
      if (l.ibans.length > 1 && l.rng.chance(0.6)) {
        const title = (l.merchants('savings')[0] ?? '').split('>')[1] ?? '';
        for (let day = l.start + 5; day <= l.end; day += 30)
          if (day >= (span.from ?? 0) && day <= (span.to ?? l.end)) l.move(day, 0.14 * income, 0, title, 'savings');
      } else
        l.monthly('savings', l.rng.int(2, 12), 0.14 * income, {
          ...span,
          merchant: `${l.owner}>${(l.merchants('savings')[0] ?? '').split('>')[1] ?? ''}`,
        });
    },
  },
  {
    id: 'investor',
    says: 'invests every month',
    share: 0.12,
    least: 1200,
    live(l, income, span) {
      l.monthly('broker', l.rng.int(2, 12), Math.max(90, 0.11 * income), { ...span, vary: 0.2 });
    },
  },
  {
    id: 'crypto-investor',
    says: 'buys crypto',
    share: 0.08,
    least: 900,
    live(l, income, span) {
      l.often('crypto', 1.7, Math.max(30, 0.02 * income), 0.06 * income + 20, span);
    },
  },
  {
    id: 'streaming-fan',
    says: 'subscribes to three and more media services',
    share: 0.03,
    least: 320,
    live(l, _income, span) {
      l.merchants('streaming')
        .slice(0, l.rng.int(3, 4))
        .forEach((merchant, n) => {
          l.monthly('streaming', 3 + n * 5, 6 + n * 1.5, { ...span, merchant });
        });
    },
  },
  {
    id: 'culture-lover',
    says: 'cinema, theatre and books',
    share: 0.04,
    least: 380,
    live(l, _income, span) {
      l.often('culture', 1.9, 7, 28, span);
      l.often('books', 1.3, 9, 26, span);
    },
  },
  {
    id: 'online-shopper',
    says: 'orders nearly all on line',
    share: 0.26,
    least: 800,
    large: true,
    against: ['parent', 'home-improver', 'beauty-lover', 'culture-lover', 'pet-owner'],
    live(l, income, span) {
      const each = (0.25 * income) / 8;
      l.often('marketplace', 6.4, each * 0.7, each * 1.3, span);
      l.often('electronicsWeb', 0.2, each, each * 1.3, span);
      l.often('apparelWeb', 0.5, each * 0.5, each * 0.8, span);
    },
  },
  {
    id: 'donor',
    says: 'gives to a charity every month',
    share: 0.03,
    least: 350,
    live(l, income, span) {
      l.monthly('charity', l.rng.int(5, 20), 5 + 0.01 * income, span);
    },
  },
  {
    id: 'insured',
    says: 'holds several policies',
    share: 0.07,
    least: 900,
    live(l, income, span) {
      l.monthly('lifeins', 6, 12 + 0.01 * income, span);
      l.monthly('carins', 14, 70, { ...span, every: 3 });
      l.monthly('travelins', 20, 38, { ...span, every: 4 });
    },
  },
  {
    id: 'cash-user',
    says: 'lives on cash',
    share: 0.74,
    least: 350,
    large: true,
    against: ['saver', 'investor'],
    live(l, income, span) {
      l.often('cash', 3.6, 0.19 * income, 0.23 * income, span);
    },
  },
  {
    id: 'health-focused',
    says: 'sees private doctors, buys much at the pharmacy',
    share: 0.18,
    least: 700,
    large: true,
    live(l, income, span) {
      const each = Math.max(115, 0.17 * income) / 5.2;
      l.often('clinic', 1.6, each * 1.3, each * 2.1, span);
      l.often('pharmacy', 3.4, each * 0.45, each * 0.9, span);
    },
  },
  {
    id: 'in-collection',
    says: 'pays off debts in collection',
    share: 0.1,
    least: 500,
    live(l, income, span) {
      l.monthly('collector', 12, 0.05 * income + 10, span);
      if (l.rng.chance(0.7)) l.monthly('bailiff', 18, 0.06 * income, { ...span, vary: 0.3 });
      l.often('latefee', 0.4, 4, 12, span);
    },
  },
];

export const habit = (id: string): Habit => {
  const found = habits.find((one) => one.id === id);
  if (found === undefined) throw new Error(`no habit ${id}`);
  return found;
};
