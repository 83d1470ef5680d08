/** Labellers of a few rules, and their labels for a row. */

import { prepareRules } from '../../functions/domain/labels/prepared-rules.ts';
import { openLabeller } from '../../functions/domain/labels/row-labeller.ts';
import type { LabelRules, MeaningRules, NameRules } from '../../functions/domain/labels/rules.ts';
import type { Account, Row } from '../../functions/domain/ledger/ledger.ts';
import { fixedRates } from './fixed-rates.ts';
import { NO_KNOWLEDGE } from './no-knowledge.ts';

/** Label → group. */
const GROUPS: Readonly<Record<string, string>> = {
  bank: 'money',
  cafe: 'food',
  'car service': 'mobility',
  compensation: 'income',
  culture: 'leisure',
  'extra pay': 'income',
  fee: 'obligations',
  foreign: 'travel',
  fuel: 'mobility',
  gambling: 'leisure',
  grocery: 'food',
  healthcare: 'health',
  insurance: 'obligations',
  online: 'shape',
  parking: 'mobility',
  'payment processor': 'money',
  pets: 'family',
  pharmacy: 'health',
  refund: 'income',
  rent: 'obligations',
};

const MEANING: MeaningRules = {
  qualifiers: ['online', 'payment processor'],
  meantBefore: { parking: ['healthcare'], cafe: ['culture'] },
  inside: { 'car service': ['fuel'] },
  notAService: ['culture', 'healthcare'],
  notRefunded: ['insurance'],
  yieldsToPay: ['gambling'],
  paysOut: ['gambling'],
  codesAboveBrands: ['pharmacy'],
  retail: ['grocery'],
  besideTheTrade: ['fuel'],
  groupsBought: ['food'],
  noStreets: ['cafe'],
  soldOnTheSpot: ['grocery', 'fuel'],
  notAbroad: ['fee'],
  paidToPeople: ['rent'],
  paidToInstitutions: ['education'],
};

const NAMES: NameRules = {
  legalForms: ['sa', 'j'],
  firstNames: ['jan', 'maria'],
  beforePeople: ['przelew', 'od', 'vir'],
  saints: ['saint'],
  surnames: ['kruk', 'flores'],
  months: ['maj', 'marca'],
  debits: ['debit'],
  cards: ['karta', 'card'],
  streets: {
    before: ['ul', 'calle'],
    after: ['street'],
    initials: ['c'],
    afterGenitive: ['iela'],
    genitives: ['as'],
    joined: ['strasse'],
    adjectives: ['na'],
    afterAdjective: ['gatve'],
    articles: ['de', 'la'],
    beforeAddress: ['ul'],
  },
};

const COUNTRIES = {
  codes: ['DE', 'PL', 'PT'],
  threeLetters: { PRT: 'PT', POL: 'PL' },
  ofCurrency: { PLN: ['PL'], EUR: ['DE', 'PT'] },
};

const RATES = fixedRates({ PLN: '4' });

export const POLISH: Account = { iban: 'PL61109010140000071219812874', currency: 'PLN' };

export type Said = {
  /** Label → reason, in the order of the labels. */
  readonly labels: Readonly<Record<string, string>>;
  readonly others: readonly string[];
  readonly party: string;
  readonly partyFrom: string;
  readonly country: string | undefined;
};

export type TinyLabeller = {
  say(row: Partial<Row>, account?: Account): Said;
  /** The labels alone. */
  labels(row: Partial<Row> | string, account?: Account): string[];
};

/** @param labels that the catalogue knows */
export function tinyLabeller(rules: Partial<LabelRules>, labels = Object.keys(GROUPS)): TinyLabeller {
  const all = { brands: [], words: [], merchantCodes: [], bankCodes: [], gateways: [], noise: [], ...NO_KNOWLEDGE };
  const known = { meaning: MEANING, names: NAMES, countries: COUNTRIES };
  const prepared = prepareRules({ ...all, ...known, ...rules });
  const labeller = openLabeller(prepared, new Map(labels.map((label) => [label, GROUPS[label]!])), RATES);
  const say = (row: Partial<Row>, account = POLISH): Said => {
    const said = labeller.label({ day: 0, account, row: { amount: -5000, title: '', ...row } });
    return {
      labels: Object.fromEntries(said.labels.map((label, at) => [labels[label], said.reasons[at]!])),
      others: said.otherLabels,
      party: said.party.name,
      partyFrom: said.partyFrom,
      country: said.country,
    };
  };
  return {
    say,
    labels: (row, account) => Object.keys(say(typeof row === 'string' ? { title: row } : row, account).labels),
  };
}
