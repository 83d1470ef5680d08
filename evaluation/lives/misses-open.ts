/** Near misses of the open split. */

import type { Miss } from './misses.ts';
import { ended } from './misses.ts';

const travel = ['traveller', 'frequent-flyer'];

export const missesOpen: readonly Miss[] = [
  { says: 'works for an airline', near: travel, employer: 'RYANAIR DAC', salariedOnly: true },
  { says: 'works at a supermarket', near: [], employer: 'LIDL', salariedOnly: true },
  { says: 'works for a debt collector', near: ['in-collection'], employer: 'KRUK SA', salariedOnly: true },
  { says: 'bought a single toy', near: ['parent'], live: (l) => l.add('kids', l.end - 70, 24) },
  { says: 'one lottery ticket a month', near: ['gambler'], live: (l) => l.often('lottery', 0.9, 2, 5) },
  {
    says: 'a cancelled flight, refunded',
    near: travel,
    live: (l) => {
      l.add('airline', l.end - 90, 140, { merchant: 'RYANAIR' });
      l.add('refund', l.end - 74, 140, { merchant: 'RYANAIR' });
    },
  },
  {
    says: 'one trip a year',
    near: travel,
    live: (l) => {
      for (const back of [110, 475]) {
        l.add('airline', l.end - back, 120);
        l.add('stay', l.end - back + 4, 260);
        for (let n = 0; n < 4; n += 1) l.add('abroad', l.end - back + 5 + n, l.rng.between(8, 32));
      }
    },
  },
  { says: 'one vet bill for a stray cat', near: ['pet-owner'], live: (l) => l.add('vet', l.end - 60, 75) },
  {
    says: 'gave pet food as a gift twice',
    near: ['pet-owner', 'online-shopper'],
    live: (l) => {
      l.add('pets', l.end - 140, 18);
      l.add('pets', l.end - 40, 22);
    },
  },
  {
    says: 'one big furniture purchase',
    near: ['home-improver', 'online-shopper'],
    live: (l, income) => l.add('furniture', l.end - 80, Math.min(1600, income * 0.7)),
  },
  {
    says: 'a single invoice on the side',
    near: ['freelancer'],
    live: (l) => l.add('client', l.end - 100, 350, { merchant: l.merchants('client')[0] ?? '' }),
  },
  {
    says: 'repays a loan to the own bank',
    near: ['homeowner', 'in-collection'],
    live: (l, income) => l.monthly('repay', 15, 0.06 * income),
  },
  {
    says: 'took out a lot of cash once',
    near: ['cash-user'],
    live: (l, income) => l.add('cash', l.end - 75, 0.35 * income),
  },
  { says: 'a taxi twice a month', near: ['ride-hailer'], live: (l) => l.often('taxi', 1.8, 5, 14) },
  { says: 'one deposit at a broker', near: ['investor'], live: (l) => l.add('broker', l.end - 130, 200) },
  { says: 'one purchase of crypto', near: ['crypto-investor'], live: (l) => l.add('crypto', l.end - 115, 50) },
  {
    says: 'gives to charity only at Christmas',
    near: ['donor'],
    live: (l) => {
      for (const day of [l.end - 330, l.end - 695]) l.add('charity', day, 30);
    },
  },
  { says: 'went to one concert', near: ['culture-lover'], live: (l) => l.add('culture', l.end - 66, 48) },
  ended('parent', 400, 'children grown up: nothing for them for over a year'),
  ended('pet-owner', 250, 'the pet died eight months ago'),
  ended('gamer', 260, 'sold the console nine months ago'),
  ended('in-collection', 450, 'debts paid off more than a year ago'),
  {
    says: 'a gym for three months after New Year',
    near: ['fitness-enthusiast'],
    months: 12,
    live: (l) => l.monthly('gym', 5, 28, { from: l.end - 315, to: l.end - 225 }),
  },
  { says: 'a haircut every two months or so', near: ['beauty-lover'], live: (l) => l.often('salon', 0.4, 11, 18) },
  {
    says: 'bought one telephone',
    near: ['tech-enthusiast', 'online-shopper'],
    live: (l, income) => l.add('electronics', l.end - 95, Math.min(900, 0.4 * income)),
  },
  { says: 'a home delivery once a month', near: ['takeaway-regular'], live: (l) => l.often('delivery', 0.9, 12, 22) },
  {
    says: 'two subscriptions of film and music',
    near: ['streaming-fan'],
    live: (l) =>
      l
        .merchants('streaming')
        .slice(0, 2)
        .forEach((merchant, n) => {
          l.monthly('streaming', 6 + n * 8, 8, { merchant });
        }),
  },
  {
    says: 'fuel once, in a rented car',
    near: ['driver', 'ev-driver', ...travel],
    live: (l) => {
      l.add('carrental', l.end - 102, 160);
      l.add('fuel', l.end - 99, 42);
    },
  },
  {
    says: 'lets a flat to a tenant',
    near: ['tenant', 'freelancer'],
    live: (l) => l.monthly('rentalIncome', 8, 380, { merchant: `${l.words.names[1] ?? ''}>${l.words.tenant}` }),
  },
  {
    says: 'one insurance for the car of the parents',
    near: ['insured', 'homeowner'],
    live: (l) => l.monthly('carins', 11, 230, { every: 12 }),
  },
  { says: 'one dentist bill', near: ['health-focused'], live: (l) => l.add('clinic', l.end - 83, 190) },
  {
    says: 'put a bonus aside once',
    near: ['saver'],
    live: (l, income) =>
      l.add('savings', l.end - 150, 0.3 * income, {
        merchant: `${l.owner}>${(l.merchants('savings')[0] ?? '').split('>')[1] ?? ''}`,
      }),
  },
  { says: 'a pint once a month', near: ['night-owl'], live: (l) => l.often('bar', 0.8, 6, 15) },
  {
    says: 'a new coat and shoes for the wedding',
    near: ['fashion-lover', 'online-shopper'],
    live: (l, income) => {
      l.add('apparel', l.end - 200, 0.15 * income);
      l.add('apparel', l.end - 199, 0.1 * income);
    },
  },
];
