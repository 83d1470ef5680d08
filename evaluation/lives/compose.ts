/** Composes a life: an income, a way to live, habits, near misses; and rejects it when a reading finds it borderline. */
import { habit } from './habits.ts';
import { Ledger } from './ledger.ts';
import type { Random } from './life.ts';
import { currencyOf, dayOf, random } from './life.ts';
import type { Miss } from './misses.ts';
import { judge } from './readings.ts';
import type { Country, Vocabulary } from './vocabulary.ts';

export type Role = 'salaried' | 'freelancer' | 'pensioner' | 'student' | 'jobless' | 'supported' | 'working student';
export type Housing = 'tenant' | 'homeowner' | 'former tenant' | 'none';
export type Plan = {
  country: Country;
  role: Role;
  housing: Housing;
  habits: readonly string[];
  misses: readonly Miss[];
  months: number;
  accounts: number;
  income?: number;
  /** Currency of the second account, where it is another one. */
  pocket?: string;
  /** The text of the monthly transfer to the second account; absent: the country's words for own accounts. */
  moves?: string;
  /** The landlord; absent: one of the country's. */
  landlord?: string;
};
export type Composed = { ledger: Ledger; profiles: string[]; story: string; income: number };

const ranges: Readonly<Record<Role, readonly [number, number]>> = {
  salaried: [750, 3800],
  freelancer: [1100, 3800],
  pensioner: [380, 1100],
  student: [300, 700],
  jobless: [450, 800],
  supported: [350, 650],
  'working student': [700, 1300],
};

/** The profiles that the plan must yield, no more and no less, by intention. */
export function intended(plan: Plan): string[] {
  if (plan.months <= 2) return [];
  const found = new Set<string>();
  if (plan.role === 'working student') found.add('salaried');
  else if (plan.role !== 'jobless' && plan.role !== 'supported') found.add(plan.role);
  if (plan.housing === 'tenant' || plan.housing === 'homeowner') found.add(plan.housing);
  for (const id of plan.habits) {
    found.add(id);
    for (const one of habit(id).implies ?? []) found.add(one);
  }
  return [...found].sort();
}

function earn(l: Ledger, plan: Plan, income: number): string {
  const { rng } = l;
  const payday = rng.pick([10, 25, 27, 28, 31]);
  const wage = (from: number | undefined, to: number | undefined, employer: string): void =>
    l.monthly('wage', payday, income, {
      ...(from === undefined ? {} : { from }),
      ...(to === undefined ? {} : { to }),
      vary: rng.pick([0, 0.02, 0.06]),
      merchant: `${employer}>${rng.pick(l.merchants('wage'))}`,
    });
  const employer =
    plan.misses.find((miss) => miss.employer !== undefined)?.employer ?? rng.pick(l.merchants('employers'));
  switch (plan.role) {
    case 'salaried': {
      const other = l.merchants('employers').find((one) => one !== employer);
      if (
        plan.months > 12 &&
        rng.chance(0.12) &&
        other !== undefined &&
        !plan.misses.some((miss) => miss.employer !== undefined)
      ) {
        const change = l.end - rng.int(200, 300);
        wage(undefined, change, other);
        wage(change + 1, undefined, employer);
        return 'changed the employer last winter or spring';
      }
      wage(undefined, undefined, employer);
      return 'has a job';
    }
    case 'working student':
      wage(undefined, undefined, employer);
      l.monthly('tuition', 7, 0.12 * income, { skip: [8] });
      return 'studies beside a full job';
    case 'freelancer': {
      for (const merchant of l.merchants('client'))
        l.monthly('client', rng.int(5, 24), income / l.merchants('client').length, { merchant, vary: 0.3 });
      l.monthly('social', 15, 0.13 * income);
      return 'works on own account';
    }
    case 'pensioner':
      l.monthly('pension', rng.int(5, 14), income);
      return 'is retired';
    case 'student': {
      const grant = rng.chance(0.6);
      if (grant) l.monthly('scholarship', 10, 0.35 * income, { skip: [8] });
      else l.monthly('tuition', 8, Math.max(95, 0.2 * income), { skip: [8] });
      l.monthly('parents', rng.int(1, 5), (grant ? 0.65 : 1) * income, { vary: 0.1 });
      return grant ? "studies on a scholarship and the parents' help" : "studies at the parents' expense";
    }
    case 'jobless': {
      if (plan.months > 12) wage(undefined, l.end - 255, employer);
      l.monthly('dole', 12, income * 0.8, plan.months > 12 ? { from: l.end - 240 } : {});
      l.monthly('spouse', 20, 0.1 * income, { merchant: l.merchants('spouse')[0] ?? '' });
      return 'lost the job more than eight months ago';
    }
    case 'supported':
      l.monthly('parents', rng.int(1, 5), income, { vary: 0.08 });
      return 'lives on monthly transfers of the parents';
  }
}

function house(l: Ledger, plan: Plan, income: number): string {
  const { rng } = l;
  const day = rng.int(3, 10);
  if (plan.housing === 'tenant') {
    if (plan.role === 'student') {
      l.monthly('dorm', day, Math.max(95, 0.28 * income));
      return 'rents a room in a student house';
    }
    const [merchant = ''] = l.merchants('rent');
    const landlord = plan.landlord && { merchant: `${plan.landlord}>${merchant.split('>')[1] ?? ''}` };
    l.monthly('rent', day, 0.27 * income, landlord || {});
    return plan.landlord === undefined ? 'rents a flat' : 'rents a flat of somebody with the name of a brand or trade';
  }
  if (plan.housing === 'former tenant') {
    l.monthly('rent', day, 0.27 * income, { to: l.end - 260 });
    return 'moved back to the family nine months ago';
  }
  if (plan.housing === 'homeowner') {
    if (plan.role === 'pensioner' || rng.chance(0.25)) {
      l.monthly('assoc', day, 0.09 * income + 15);
      if (!plan.habits.includes('insured')) l.monthly('homeins', 19, 70, { every: 6 });
      else l.monthly('homeins', 19, 40, { every: 4 });
      return 'owns a flat';
    }
    l.monthly('mortgage', day, 0.25 * income);
    if (rng.chance(0.5)) l.monthly('assoc', day + 6, 0.05 * income + 15);
    return 'pays off a mortgage';
  }
  return 'lives with family';
}

function everyday(l: Ledger, plan: Plan, income: number): void {
  const cash = plan.habits.includes('cash-user');
  const web = plan.habits.includes('online-shopper');
  const grocery = cash ? 0.05 : web ? 0.1 : plan.habits.includes('foodie') ? 0.12 : 0.2;
  const weekly = cash ? 2 : 8;
  const each = Math.min(480, grocery * income) / weekly;
  l.often('grocery', weekly, each * 0.5, each * 1.5);
  l.monthly('telecom', l.rng.int(8, 20), cash ? 8 : 10 + 0.003 * income);
  if (plan.housing !== 'none' && plan.housing !== 'former tenant' && plan.role !== 'student')
    l.monthly('utilities', l.rng.int(11, 22), 12 + 0.03 * income, { vary: 0.15, every: plan.country === 'ES' ? 1 : 2 });
  if (cash) return;
  l.often('cash', 0.7, 0.02 * income, 0.05 * income);
  if (!plan.habits.includes('foodie')) {
    l.often('restaurant', 0.7, 0.008 * income, 0.012 * income);
    l.often('cafe', 0.6, 2, 4.5);
  }
  l.often('fastfood', 0.5, 3, 6);
  if (!plan.habits.includes('fashion-lover')) l.often('apparel', web ? 0.2 : 0.5, 0.012 * income, 0.025 * income);
  if (!plan.habits.includes('health-focused')) l.often('pharmacy', 0.6, 3, 9);
  if (!plan.habits.includes('online-shopper')) l.often('marketplace', 0.3, 6, 18);
  if (l.rng.chance(0.3) && !plan.habits.includes('commuter')) l.often('transit', 0.6, 1, 2.5);
  const budget =
    plan.habits.reduce((total, id) => total + habit(id).share, 0) +
    0.36 +
    (plan.housing === 'none' ? 0 : 0.28) +
    (plan.role === 'freelancer' ? 0.13 : 0);
  if (!plan.habits.includes('saver') && budget < 0.9) l.monthly('spouse', 9, (0.97 - budget) * income, { vary: 0.05 });
}

/** Composes the plan, with other random numbers until it is clear; throws when it cannot be. */
export function compose(plan: Plan, vocabulary: Vocabulary, seed: number, asOf: string): Composed {
  const end = dayOf(asOf);
  const want = intended(plan);
  let why = '';
  for (let attempt = 0; attempt < 60; attempt += 1) {
    const rng: Random = random(seed * 7919 + attempt * 104_729);
    const [low, high] = ranges[plan.role];
    const share = plan.habits.reduce((total, id) => total + habit(id).share, 0);
    const least = plan.habits.reduce((most, id) => Math.max(most, habit(id).least), 0);
    const manager = plan.role === 'salaried' && rng.chance(0.1);
    const income = Math.round(
      plan.income ??
        (manager
          ? rng.between(4200, 6000)
          : Math.max(least * 1.05, low + (high - low) * Math.min(1, rng.next() * 0.75 + Math.max(0, share - 0.2)))),
    );
    const start = plan.months <= 2 ? end - 57 : end - Math.round(plan.months * 30.44) + rng.int(0, 9);
    const home = currencyOf[plan.country];
    const currencies = Array.from({ length: plan.accounts }, (_, n) => (n === 0 ? home : (plan.pocket ?? home)));
    const ledger = new Ledger(vocabulary, plan.country, rng, start, end, currencies);
    if (plan.accounts > 1) {
      for (const trade of ['grocery', 'restaurant', 'cafe', 'fastfood', 'delivery', 'streaming', 'pharmacy'])
        if (rng.chance(0.6)) ledger.second.add(trade);
      for (let day = start + 3; day <= end; day += 30)
        ledger.move(day, 0.2 * income, 0, plan.moves ?? ledger.words.own, 'internal');
    }
    const parts = [earn(ledger, plan, income), house(ledger, plan, income)];
    everyday(ledger, plan, income);
    if (plan.months <= 2) {
      // Habits that would become a profile if they continued.
      if (rng.chance(0.6)) ledger.monthly('rent', 5, 0.25 * income);
      if (rng.chance(0.6)) ledger.often('pets', 1, 15, 30);
      if (rng.chance(0.6)) ledger.monthly('gym', 3, 30);
      if (rng.chance(0.6)) ledger.often('gaming', 1, 10, 30);
    }
    for (const id of plan.habits) {
      habit(id).live(ledger, income, {});
      parts.push(habit(id).says);
    }
    for (const miss of plan.misses) {
      miss.live?.(ledger, income);
      parts.push(`near miss: ${miss.says}`);
    }
    const { profiles, borderline } = judge(ledger.rows, end);
    if (plan.months <= 2) parts.push('two months of history: too little to say');
    if (borderline.length === 0 && profiles.join() === want.join())
      return { ledger, profiles, story: parts.join('; '), income };
    why = `${plan.country} ${plan.role} ${plan.housing} ${income} [${plan.habits.join()}] {${plan.misses.map((miss) => miss.says).join('|')}}: borderline ${borderline.join(' ')}; got ${profiles.filter((id) => !want.includes(id)).join()}; lacks ${want.filter((id) => !profiles.includes(id)).join()}`;
  }
  throw new Error(`no clear life: ${why}`);
}
