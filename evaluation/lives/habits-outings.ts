/** Habits of going about, of family, play and food. */
import type { Habit } from './habit.ts';
import type { Ledger } from './ledger.ts';

const trip = (ledger: Ledger, day: number, flies: boolean, size: number): void => {
  const { rng } = ledger;
  if (flies) ledger.add('airline', day - rng.int(14, 40), rng.between(45, 130) * size);
  else if (rng.chance(0.3)) ledger.add('tour', day - rng.int(20, 45), rng.between(180, 320) * size);
  ledger.add('stay', day, rng.between(90, 180) * size);
  for (let n = rng.int(2, 4); n > 0; n -= 1) ledger.add('abroad', day + rng.int(0, 4), rng.between(8, 30));
};

export const outings: readonly Habit[] = [
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
];
