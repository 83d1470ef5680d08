/** The names of labels and profiles are a public contract: new ones may be added, none may be removed or renamed. */
import { readdirSync } from 'node:fs';
import { compileDocument } from '../../catalogue/build/compile.ts';
import { compileCatalogue } from '../../functions/domain/catalogue/catalogue.ts';

const LABELS = `
  salary, regular wage, compensation, extra pay, pension, welfare, 500+, scholarship, invoice, rental income, dividend, interest,
  refund, alimony,
  rent, mortgage, loan, repayment, credit card, leasing, debt collection, bailiff, late payment, tax, zus, social insurance, insurance,
  fee, fine,
  utilities, telecom, housing association, furniture, diy, gardening,
  grocery, alcohol, tobacco, restaurant, fast food, cafe, food with delivery, nightlife,
  fuel, ev charging, parking, toll, car service, public transport, rail and coach, taxi, shared mobility,
  airline, accommodation, travel agency, car rental, foreign,
  kids, childcare, education, pets, veterinary,
  leisure, culture, books, press, streaming, gaming, gambling, sport, fitness, hobby,
  apparel, beauty, jewellery, electronics, marketplace, second hand, gifts,
  healthcare, pharmacy, optician,
  savings, investment, crypto, cash withdrawal, cash deposit, internal, payment processor, currency exchange, bank, person to person,
  charity, religion,
  monthly, verification, online`
  .split(',')
  .map((name) => name.trim());

const PROFILES = `
  beauty-lover cash-user commuter crypto-investor culture-lover donor driver ev-driver fashion-lover fitness-enthusiast foodie
  freelancer frequent-flyer gambler gamer health-focused home-improver homeowner in-collection insured investor night-owl
  online-shopper parent pensioner pet-owner ride-hailer salaried saver streaming-fan student takeaway-regular tech-enthusiast
  tenant traveller`
  .trim()
  .split(/\s+/);

const SENSITIVE = ['gambler', 'health-focused', 'in-collection'];

const document = compileDocument();

test('the catalogue compiles', () => {
  expect(() => compileCatalogue(document)).not.toThrow();
});

test('every label of the contract is there, once', () => {
  const ids = document.labels.map(({ id }) => id);
  expect(ids).toEqual(expect.arrayContaining(LABELS));
  expect(new Set(ids).size).toBe(ids.length);
});

test('every profile of the contract is there, once', () => {
  const ids = document.profiles.map(({ id }) => id);
  expect(ids).toEqual(expect.arrayContaining(PROFILES));
  expect(new Set(ids).size).toBe(ids.length);
});

test('a profile is in the file of its name', () => {
  const files = readdirSync(new URL('../../catalogue/profiles', import.meta.url)).sort();
  expect(files).toEqual(document.profiles.map(({ id }) => `${id}.yaml`).sort());
});

test('the sensitive profiles are these', () => {
  const sensitive = document.profiles.filter((profile) => profile.sensitive).map(({ id }) => id);
  expect(sensitive.sort()).toEqual(SENSITIVE);
});

test.each(document.profiles)('$id says what it is, and why', ({ title, description, why, needs, stay }) => {
  expect(title.trim()).not.toBe('');
  expect(description.trim()).not.toBe('');
  expect(why?.trim()).toBeTruthy();
  expect(needs?.history).toBeDefined();
  expect(stay).toBeDefined();
});

test('no rule of labelling gives an unknown label', () => {
  const known = new Set(document.labels.map(({ id }) => id));
  const { brands, words, merchantCodes, bankCodes } = document.rules;
  const given = [...brands, ...words, ...merchantCodes, ...bankCodes].flatMap((rule) => [
    ...(rule.in ?? []),
    ...(rule.out ?? []),
  ]);
  expect([...new Set(given)].filter((label) => !known.has(label))).toEqual([]);
});
