/** Laws of the generated owners: their truth follows from what they did, whatever the bank printed and wherever the account is. */
import { generateFieldLives, generateNordicLives, withForeignAccounts } from '../../evaluation/lives/field.ts';
import { ibanIsValid, type Life } from '../../evaluation/lives/life.ts';
import { judge, type Row } from '../../evaluation/lives/readings.ts';
import { tradeTable } from '../../evaluation/lives/trades.ts';
import { COUNTRIES, vocabularyOf } from '../../evaluation/lives/vocabulary.ts';

const lives = [...generateFieldLives(1, 'open', 36), ...generateNordicLives(1, 'open', 8)];
const accountsOf = ({ imports }: Life) => imports.flatMap(({ accounts }) => accounts);
const ibansOf = (life: Life) => new Set(accountsOf(life).flatMap(({ iban }) => iban ?? []));

test('owners in the field live in every country, and most meet something that tempts', () => {
  expect(new Set(lives.map(({ country }) => country)).size).toBe(COUNTRIES.length);
  expect(lives.filter(({ story }) => story.includes('near miss')).length).toBeGreaterThan(0.9 * lives.length);
  for (const iban of lives.flatMap((life) => [...ibansOf(life)]))
    expect([iban, ibanIsValid(iban)]).toEqual([iban, true]);
});

test('money that came back was neither spent nor earned', () => {
  const row = (day: number, trade: string, eur: number): Row => ({ day, trade, merchant: trade, eur });
  const half = [20, 50, 80, 110, 140, 170];
  const life = half.flatMap((day) => [row(day, 'wage', 2000), row(day, 'savings', 400), row(day, 'grocery', 900)]);
  const returned = half.flatMap((day) => [row(day, 'void', 5000), row(day + 1, 'voidIn', 5000)]);
  expect(judge(life, 181).profiles).toEqual(['salaried', 'saver']);
  expect(judge([...life, ...returned], 181)).toEqual(judge(life, 181));
});

describe('owners whose accounts are abroad', () => {
  const abroad = withForeignAccounts(lives);

  test('are the same but for the numbers of their own accounts', () => {
    const text = (life: Life, ibans: ReadonlySet<string>) =>
      [...ibans].reduce((all, iban, n) => all.replaceAll(iban, `account ${n}`), JSON.stringify(life));
    lives.forEach((life, n) => {
      const moved = abroad[n]!;
      expect(text(moved, ibansOf(moved))).toBe(text(life, ibansOf(life)));
    });
  });

  test('have accounts of another country, and valid numbers', () => {
    for (const life of abroad) {
      for (const iban of ibansOf(life))
        expect([iban.startsWith(life.country), ibanIsValid(iban)]).toEqual([false, true]);
    }
  });
});

describe.each(COUNTRIES)('the words of %s', (country) => {
  const [open, sealed] = [vocabularyOf('open'), vocabularyOf('sealed')];
  /** Rows without a payee of their own: cash, own money, refunds, and trades recognized by other words. */
  const WITHOUT = [
    'cash',
    'internal',
    'ownIn',
    'void',
    'voidIn',
    'friend',
    'wage',
    'rentalIncome',
    'refund',
    'bonus',
    'person',
    'moneyBack',
    'scooter',
  ];
  const trades = Object.keys(tradeTable).filter((trade) => !WITHOUT.includes(trade));

  test.each([
    ['open', open],
    ['sealed', sealed],
  ])('have a payee for every trade, %s', (_, { countries, world }) => {
    expect(trades.filter((trade) => !(countries[country].trades[trade] ?? world[trade]))).toEqual([]);
  });

  test('name no friend and no employer in both splits', () => {
    const people = ({ friends, employers }: (typeof open.field)[typeof country]) => [...friends, ...employers];
    const known = new Set(people(open.field[country]));
    expect(people(sealed.field[country]).filter((name) => known.has(name)).length).toBe(0);
  });
});
