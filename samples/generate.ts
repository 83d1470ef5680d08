/** Writes the sample owners again: `node samples/generate.ts`. The lives are planned here, the rows come from evaluation/lives. */
import { readdirSync, rmSync, writeFileSync } from 'node:fs';
import type { Plan } from '../evaluation/lives/compose.ts';
import { compose } from '../evaluation/lives/compose.ts';
import type { Piece } from '../evaluation/lives/deliver.ts';
import { deliver, pieces } from '../evaluation/lives/deliver.ts';
import type { ImportMessage } from '../evaluation/lives/life.ts';
import type { Miss } from '../evaluation/lives/misses.ts';
import { missesOpen } from '../evaluation/lives/misses-open.ts';
import { vocabularyOf } from '../evaluation/lives/vocabulary.ts';

const today = '2026-11-20';
const folder = new URL('.', import.meta.url);

const near = (...says: string[]): Miss[] =>
  says.map((words) => {
    const found = missesOpen.find((one) => one.says === words);
    if (found === undefined) throw new Error(`no near miss: ${words}`);
    return found;
  });

type Sample = Partial<Plan> &
  Pick<Plan, 'country' | 'role'> & {
    id: string;
    life: string;
    mode: number;
    /** The last import arrives twice; or before the others. */
    twice?: true;
    late?: true;
    /** The publisher sends its own label with these rows. */
    labelled?: { words: RegExp; label: string };
  };

const samples: readonly Sample[] = [
  {
    id: 'anna-pl',
    life: 'Salaried mother with a dog and a mortgage in Poland; the bank feed overrides the older PDF',
    country: 'PL',
    role: 'salaried',
    housing: 'homeowner',
    habits: ['parent', 'pet-owner'],
    months: 13,
    income: 2100,
    mode: 1,
    labelled: { words: /ZOOLOGICZNY|KAKADU|MAXI ZOO/, label: 'pets' },
  },
  {
    id: 'jiri-cz',
    life: 'Czech driver with a job and a rented flat',
    country: 'CZ',
    role: 'salaried',
    housing: 'tenant',
    habits: ['driver'],
    months: 12,
    income: 1700,
    mode: 2,
  },
  {
    id: 'lucia-es',
    life: 'Spanish student in a student house, with a travel pass and many subscriptions',
    country: 'ES',
    role: 'student',
    housing: 'tenant',
    habits: ['commuter', 'streaming-fan'],
    months: 11,
    income: 620,
    mode: 0,
  },
  {
    id: 'mihai-ro',
    life: 'Romanian freelancer who has dinner brought to the door',
    country: 'RO',
    role: 'freelancer',
    housing: 'tenant',
    habits: ['takeaway-regular'],
    months: 12,
    income: 2000,
    mode: 3,
  },
  {
    id: 'ilze-lv',
    life: 'Latvian pensioner in her own flat who gives to charity and loves the theatre',
    country: 'LV',
    role: 'pensioner',
    housing: 'homeowner',
    habits: ['donor', 'culture-lover'],
    months: 12,
    income: 720,
    mode: 1,
  },
  {
    id: 'tomek-pl',
    life: 'Plays games, orders pizza, watches series',
    country: 'PL',
    role: 'salaried',
    habits: ['gamer', 'takeaway-regular', 'streaming-fan'],
    months: 10,
    income: 1350,
    mode: 2,
  },
  {
    id: 'rui-pt',
    life: 'Portuguese manager who flies every month and invests',
    country: 'PT',
    role: 'salaried',
    housing: 'homeowner',
    habits: ['frequent-flyer', 'investor'],
    months: 14,
    income: 4600,
    mode: 0,
    twice: true,
  },
  {
    id: 'zuzana-sk',
    life: 'Slovak homeowner who does up the house and has several policies',
    country: 'SK',
    role: 'salaried',
    housing: 'homeowner',
    habits: ['home-improver', 'insured'],
    months: 12,
    income: 1900,
    mode: 1,
  },
  {
    id: 'tonu-ee',
    life: 'Estonian crypto investor who takes taxis',
    country: 'EE',
    role: 'salaried',
    housing: 'tenant',
    habits: ['crypto-investor', 'ride-hailer'],
    months: 10,
    income: 2300,
    mode: 2,
    late: true,
  },
  {
    id: 'jonas-lt',
    life: 'Near miss: paid by an airline and one trip a year, yet no traveller',
    country: 'LT',
    role: 'salaried',
    misses: near('works for an airline', 'one trip a year'),
    months: 13,
    income: 1500,
    mode: 3,
  },
  {
    id: 'piotr-pl',
    life: 'Near miss: a single toy, a monthly lottery ticket, two subscriptions, nothing more',
    country: 'PL',
    role: 'salaried',
    misses: near('bought a single toy', 'one lottery ticket a month', 'two subscriptions of film and music'),
    months: 12,
    income: 1500,
    mode: 0,
  },
  {
    id: 'elena-es',
    life: 'Two months of history: too little to say',
    country: 'ES',
    role: 'salaried',
    months: 2,
    income: 1400,
    mode: 1,
  },
  {
    id: 'marek-pl',
    life: 'Debts in collection, and bets every week (both sensitive)',
    country: 'PL',
    role: 'salaried',
    habits: ['in-collection', 'gambler'],
    months: 11,
    income: 1300,
    mode: 4,
  },
  {
    id: 'thomas-de',
    life: 'German with an electric car who saves; two accounts',
    country: 'DE',
    role: 'salaried',
    housing: 'tenant',
    habits: ['ev-driver', 'saver'],
    months: 12,
    income: 3100,
    accounts: 2,
    mode: 1,
    twice: true,
  },
  {
    id: 'petra-cz',
    life: 'Lost her job and her dog more than eight months ago',
    country: 'CZ',
    role: 'jobless',
    misses: near('the pet died eight months ago'),
    months: 16,
    income: 700,
    mode: 2,
  },
  {
    id: 'joao-pt',
    life: 'Portuguese pensioner who lives on cash',
    country: 'PT',
    role: 'pensioner',
    habits: ['cash-user'],
    months: 14,
    income: 560,
    mode: 0,
  },
];

/** A statement in print: capitals, cut titles. The bank feed of the same days says it better. */
const printed = (message: ImportMessage): ImportMessage =>
  message.source !== 'PDF'
    ? message
    : {
        ...message,
        accounts: message.accounts.map((account) => ({
          ...account,
          transactions: account.transactions.map((row) => ({ ...row, title: row.title.toUpperCase().slice(0, 34) })),
        })),
      };

/** Pretty, with one row a line. */
function text(message: ImportMessage): string {
  const rows: string[] = [];
  const shell = JSON.stringify(
    message,
    (key, value: unknown) => {
      if (key !== 'transactions' || !Array.isArray(value)) return value;
      rows.push(value.map((row) => `        ${JSON.stringify(row)}`).join(',\n'));
      return `@${String(rows.length - 1)}`;
    },
    2,
  );
  return `${shell.replace(/"@(\d+)"/g, (_, n: string) => {
    const body = rows[Number(n)] ?? '';
    return body === '' ? '[]' : `[\n${body}\n      ]`;
  })}\n`;
}

for (const name of readdirSync(folder)) if (name.endsWith('.json')) rmSync(new URL(name, folder));
const index = samples.map((sample, n) => {
  const { id, life, mode, twice, late, labelled, ...rest } = sample;
  const plan: Plan = { housing: 'none', habits: [], misses: [], months: 12, accounts: 1, ...rest };
  const { ledger, profiles } = compose(plan, vocabularyOf('open'), 9000 + n, today);
  if (labelled !== undefined)
    for (const { transaction } of ledger.rows)
      if (labelled.words.test(`${transaction.title} ${transaction.party ?? ''}`)) transaction.labels = [labelled.label];
  const parts: Piece[] = pieces(ledger.start, ledger.end, mode);
  const messages = deliver(ledger, parts, { clientId: 'demo', ownerExternalId: id, seed: 9100 + n });
  const files = messages.map((message, at) => {
    const name = `${id}-${String(at + 1)}.json`;
    writeFileSync(new URL(name, folder), text(printed(message)));
    return name;
  });
  const last = files.at(-1);
  if (twice === true && last !== undefined) files.push(last);
  if (late === true) files.reverse();
  console.log(
    `| \`${id}\` | ${plan.country} | ${profiles.map((one) => `\`${one}\``).join(', ') || 'none'} | ${String(ledger.rows.length)} |`,
  );
  return { ownerExternalId: id, life, files };
});
writeFileSync(new URL('index.json', folder), `${JSON.stringify(index, null, 2)}\n`);
