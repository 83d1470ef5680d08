/** Habits of buying, of savings and debts, and of care. */
import type { Habit } from './habit.ts';

export const goodsAndMoney: readonly Habit[] = [
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
