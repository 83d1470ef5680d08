/** Owners with known lives: the same seed and split give the same lives. */

import type { Housing, Plan, Role } from './compose.ts';
import { compose } from './compose.ts';
import { deliver, pieces } from './deliver.ts';
import { habit, habits } from './habits.ts';
import type { Life, Random, Split } from './life.ts';
import { random } from './life.ts';
import type { Miss } from './misses.ts';
import { missesOpen } from './misses-open.ts';
import { missesSealed } from './misses-sealed.ts';
import { type Country, vocabularyOf } from './vocabulary.ts';

export type { ImportMessage, Life, Split } from './life.ts';

export const asOf = '2026-11-15';
export const counts: Readonly<Record<Split, number>> = { open: 180, sealed: 130 };

const countries: readonly Country[] = ['PL', 'PL', 'CZ', 'ES', 'SK', 'PL', 'PT', 'RO', 'CZ', 'LT', 'LV', 'EE', 'DE'];
const roles: readonly Role[] = [
  'salaried',
  'salaried',
  'freelancer',
  'salaried',
  'pensioner',
  'salaried',
  'student',
  'salaried',
  'salaried',
  'freelancer',
  'salaried',
  'jobless',
  'salaried',
  'pensioner',
  'salaried',
  'student',
  'salaried',
  'supported',
  'salaried',
  'working student',
];
const purses: Readonly<Partial<Record<Role, number>>> = {
  student: 600,
  pensioner: 1000,
  jobless: 800,
  supported: 500,
  'working student': 1200,
};

const housingOf = (role: Role, n: number, rng: Random): Housing => {
  if (role === 'student') return n % 2 === 0 ? 'tenant' : 'none';
  if (role === 'pensioner') return rng.chance(0.6) ? 'homeowner' : 'none';
  if (role === 'supported' || role === 'working student') return 'none';
  if (role === 'jobless') return rng.chance(0.5) ? 'former tenant' : 'none';
  return rng.pick(['tenant', 'tenant', 'homeowner', 'homeowner', 'none', 'former tenant'] as const);
};

function fits(id: string, taken: readonly string[], role: Role, room: number): boolean {
  const one = habit(id);
  const purse = purses[role] ?? 4000;
  if (one.least > purse || one.share > room || taken.includes(id)) return false;
  if (id === 'parent' && role === 'student') return false;
  return taken.every((other) => {
    const its = habit(other);
    return (
      !(one.large === true && its.large === true) &&
      one.against?.includes(other) !== true &&
      its.against?.includes(id) !== true
    );
  });
}

const missFits = (miss: Miss, plan: Plan, taken: readonly Miss[]): boolean => {
  if (miss.salariedOnly === true && plan.role !== 'salaried') return false;
  if ((miss.months ?? 0) > plan.months || taken.some((other) => other.near.some((id) => miss.near.includes(id))))
    return false;
  const lived: string[] = [
    plan.role,
    plan.housing,
    ...plan.habits,
    ...plan.habits.flatMap((id) => habit(id).implies ?? []),
  ];
  if (miss.employer !== undefined && taken.some((other) => other.employer !== undefined)) return false;
  return (
    !miss.near.some((id) => lived.includes(id)) &&
    !(plan.habits.includes('cash-user') && miss.near.length > 0 && miss.live !== undefined)
  );
};

/** Takes the first of a queue that fits, and puts it at the end. */
function take<T>(queue: T[], wanted: (one: T) => boolean): T | undefined {
  const at = queue.findIndex(wanted);
  if (at < 0) return undefined;
  const [one] = queue.splice(at, 1);
  if (one !== undefined) queue.push(one);
  return one;
}

/** @param rotation the countries in which owners live, in turn */
export function plans(seed: number, split: Split, rotation: readonly Country[] = countries): Plan[] {
  const rng = random(seed + (split === 'open' ? 1 : 7_000_001));
  const wishes = habits.map((one) => one.id);
  const misses = [...(split === 'open' ? missesOpen : missesSealed)];
  for (let n = wishes.length - 1; n > 0; n -= 1) {
    const m = rng.int(0, n);
    [wishes[n], wishes[m]] = [wishes[m] ?? '', wishes[n] ?? ''];
  }
  return Array.from({ length: counts[split] }, (_, n): Plan => {
    const country = rotation[n % rotation.length] ?? 'PL';
    const role = roles[(n * 7 + Math.floor(n / roles.length)) % roles.length] ?? 'salaried';
    const short = n % 29 === 11;
    const cashLife = n % 14 === 5 && (role === 'pensioner' || role === 'salaried' || role === 'jobless');
    let housing = cashLife || short ? ('none' as const) : housingOf(role, n, rng);
    const chosen: string[] = cashLife ? ['cash-user'] : [];
    let room =
      0.64 -
      (housing === 'tenant' || housing === 'homeowner' ? 0.24 : 0) -
      (role === 'freelancer' ? 0.12 : 0) -
      (cashLife ? 0.5 : 0);
    const many = short ? 0 : cashLife ? 1 : rng.pick([1, 2, 2, 3, 3]);
    for (let k = 0; k < many; k += 1) {
      const id = take(
        wishes,
        (one) =>
          one !== 'cash-user' && fits(one, chosen, role, room) && !(one === 'insured' && housing === 'former tenant'),
      );
      if (id === undefined) break;
      chosen.push(id);
      room -= habit(id).share;
    }
    if (chosen.includes('home-improver') && housing === 'former tenant') housing = 'homeowner';
    const needed = chosen.reduce(
      (most, id) => Math.max(most, habit(id).months ?? 0),
      role === 'jobless' || housing === 'former tenant' ? 14 : 9,
    );
    const months = short ? 2 : Math.max(needed, rng.pick([9, 11, 14, 15, 16, 18, 18, 20, 22, 24]));
    const plan: Plan = {
      country,
      role: short && role !== 'jobless' ? 'salaried' : role,
      housing,
      habits: chosen,
      misses: [],
      months,
      accounts: !cashLife && !short && rng.chance(0.22) ? 2 : 1,
    };
    if (role === 'student' && !short && chosen.every((id) => habit(id).least <= 350)) plan.income = rng.int(300, 380);
    const found: Miss[] = [];
    for (let k = short ? 0 : rng.pick([0, 1, 1, 2]); k > 0; k -= 1) {
      const miss = take(misses, (one) => missFits(one, plan, found));
      if (miss !== undefined) found.push(miss);
    }
    return { ...plan, misses: found };
  });
}

/** @param most owners at most, the first ones */
export function generateLives(seed: number, split: Split, most = Number.POSITIVE_INFINITY): Life[] {
  const vocabulary = vocabularyOf(split);
  const chosen = plans(seed, split).slice(0, most);
  return chosen.map((plan, n): Life => {
    const own = seed * 1000 + n + (split === 'open' ? 0 : 500_000);
    const { ledger, profiles, story } = compose(plan, vocabulary, own, asOf);
    const ownerExternalId = `${split}-${plan.country.toLowerCase()}-${String(n + 1).padStart(3, '0')}`;
    const rng = random(own + 31);
    const mode = rng.pick([0, 0, 1, 1, 2, 2, 3, 4]);
    const imports = deliver(ledger, pieces(ledger.start, ledger.end, mode), {
      clientId: 'demo',
      ownerExternalId,
      seed: own + 77,
      byAccountId: plan.accounts === 1 && rng.chance(0.06),
    });
    return { ownerExternalId, country: plan.country, split, story, profiles, asOf, imports, trades: ledger.trades };
  });
}
