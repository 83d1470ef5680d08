/** Near misses of the sealed split: other stories than the open ones. */

import type { Miss } from './misses.ts';
import { ended } from './misses.ts';

const travel = ['traveller', 'frequent-flyer'];

export const missesSealed: readonly Miss[] = [
  { says: 'works for a hotel chain', near: travel, employer: 'ACCOR HOTEL SERVICES', salariedOnly: true },
  { says: 'works for a bookmaker', near: ['gambler'], employer: 'FLUTTER ENTERTAINMENT BETTING', salariedOnly: true },
  { says: 'works for a pet food maker', near: ['pet-owner'], employer: 'ROYAL CANIN PET FOOD', salariedOnly: true },
  { says: 'works for an insurer', near: ['insured'], employer: 'AVIVA INSURANCE', salariedOnly: true },
  { says: 'works for a brokerage', near: ['investor'], employer: 'SAXO BANK BROKERAGE', salariedOnly: true },
  {
    says: 'a present for a newborn',
    near: ['parent'],
    live: (l) => {
      l.add('kids', l.end - 101, 48);
      l.add('kids', l.end - 96, 19);
    },
  },
  { says: 'a scratch card now and then', near: ['gambler'], live: (l) => l.often('lottery', 0.5, 1, 4) },
  {
    says: 'a hotel booking given back',
    near: travel,
    live: (l) => {
      l.add('stay', l.end - 60, 210, { merchant: 'HOTELS.COM' });
      l.add('refund', l.end - 52, 210, { merchant: 'HOTELS.COM' });
    },
  },
  {
    says: 'a wedding abroad, nothing else',
    near: travel,
    live: (l) => {
      l.add('airline', l.end - 160, 190);
      l.add('stay', l.end - 153, 320);
      for (let n = 0; n < 6; n += 1) l.add('abroad', l.end - 154 + n, l.rng.between(6, 45));
    },
  },
  {
    says: "paid for the neighbour's cat at the vet, once in each year",
    near: ['pet-owner'],
    live: (l) => {
      l.add('vet', l.end - 120, 52);
      l.add('vet', l.end - 430, 61);
    },
  },
  {
    says: 'a sofa and its carpet',
    near: ['home-improver', 'online-shopper'],
    live: (l, income) => {
      l.add('furniture', l.end - 133, 0.5 * income);
      l.add('furniture', l.end - 131, 0.1 * income);
    },
  },
  {
    says: 'furnished a new flat ten months ago',
    near: ['home-improver', 'online-shopper'],
    months: 13,
    live: (l) => {
      for (let n = 0; n < 5; n += 1)
        l.add(n % 2 === 0 ? 'diy' : 'furniture', l.end - 300 + n * 2, l.rng.between(30, 180));
    },
  },
  {
    says: 'was paid once for a translation',
    near: ['freelancer'],
    live: (l) =>
      l.add('client', l.end - 57, 180, { merchant: l.merchants('client')[1] ?? l.merchants('client')[0] ?? '' }),
  },
  {
    says: 'repays an instalment loan',
    near: ['homeowner', 'in-collection'],
    live: (l, income) => l.monthly('repay', 22, 0.07 * income),
  },
  {
    says: 'cash for the holidays once',
    near: ['cash-user'],
    live: (l, income) => l.add('cash', l.end - 118, 0.4 * income),
  },
  { says: 'a taxi to the station each month', near: ['ride-hailer'], live: (l) => l.often('taxi', 1.1, 8, 20) },
  { says: 'tried a savings plan of shares once', near: ['investor'], live: (l) => l.add('broker', l.end - 210, 120) },
  {
    says: 'cashed out some crypto, bought none',
    near: ['crypto-investor'],
    live: (l) => l.add('moneyBack', l.end - 90, 310, { merchant: 'KRAKEN' }),
  },
  { says: 'gave once after a flood', near: ['donor'], live: (l) => l.add('charity', l.end - 170, 40) },
  {
    says: 'a museum on a day off, twice',
    near: ['culture-lover'],
    live: (l) => {
      l.add('culture', l.end - 98, 14);
      l.add('culture', l.end - 12, 11);
    },
  },
  ended('driver', 250, 'sold the car eight months ago'),
  ended('gambler', 270, 'stopped betting nine months ago'),
  ended('pet-owner', 275, 'gave the dog away nine months ago'),
  ended('night-owl', 260, 'stopped going out nine months ago'),
  ended('crypto-investor', 430, 'left crypto more than a year ago'),
  {
    says: 'finished the studies more than a year ago',
    near: ['student'],
    months: 18,
    salariedOnly: true,
    live: (l) => {
      l.monthly('scholarship', 10, 160, { to: l.end - 430 });
      l.monthly('tuition', 8, 90, { to: l.end - 430 });
    },
  },
  {
    says: 'sporting goods for one skiing week',
    near: ['fitness-enthusiast'],
    live: (l) => {
      l.add('sport', l.end - 290, 85);
      l.add('sport', l.end - 288, 40);
    },
  },
  {
    says: 'hairdresser and make-up before a wedding',
    near: ['beauty-lover'],
    live: (l) => {
      l.add('salon', l.end - 121, 60);
      l.add('salon', l.end - 120, 45);
    },
  },
  {
    says: 'one laptop',
    near: ['tech-enthusiast', 'online-shopper'],
    live: (l, income) => l.add('electronics', l.end - 47, Math.min(1100, 0.45 * income)),
  },
  {
    says: 'a pizza to the door every other month',
    near: ['takeaway-regular'],
    live: (l) => l.often('delivery', 0.5, 11, 19),
  },
  {
    says: 'one video subscription',
    near: ['streaming-fan'],
    live: (l) => l.monthly('streaming', 17, 9, { merchant: l.merchants('streaming')[1] ?? '' }),
  },
  {
    says: 'charged a borrowed electric car once',
    near: ['ev-driver', 'driver'],
    live: (l) => l.add('evcharge', l.end - 31, 21),
  },
  { says: 'bus tickets twice a month', near: ['commuter'], live: (l) => l.often('transit', 1.8, 1, 2.5) },
  { says: 'one game as a present', near: ['gamer'], live: (l) => l.add('gaming', l.end - 77, 55) },
  {
    says: 'one travel policy for the summer',
    near: ['insured', 'homeowner'],
    live: (l) => l.add('travelins', l.end - 140, 44),
  },
  {
    says: 'one operation paid privately',
    near: ['health-focused'],
    live: (l) => {
      l.add('clinic', l.end - 44, 130);
      l.add('clinic', l.end - 37, 65);
    },
  },
  {
    says: 'a terrace bill twice a summer in a bar',
    near: ['night-owl'],
    live: (l) => {
      l.add('bar', l.end - 130, 22);
      l.add('bar', l.end - 95, 18);
    },
  },
  {
    says: 'broke the piggy bank: aside once, back later',
    near: ['saver'],
    live: (l, income) =>
      l.add('savings', l.end - 220, 0.2 * income, {
        merchant: `${l.owner}>${(l.merchants('savings')[0] ?? '').split('>')[1] ?? ''}`,
      }),
  },
];
