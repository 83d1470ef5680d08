/** A catalogue so small that a derivation costs next to nothing, whose profiles every small ledger gets and loses. */
import { catalogueOf } from '../../functions/adapters/catalogue/built-in-catalogue.ts';
import { type AmendmentDocument, amend, NO_AMENDMENT } from '../../functions/domain/catalogue/amendment.ts';
import { compileCatalogue } from '../../functions/domain/catalogue/catalogue.ts';
import { openCatalogues } from '../../functions/use-cases/service/catalogues.ts';
import { NO_KNOWLEDGE } from '../support/no-knowledge.ts';

const base = { title: 'P', description: 'P' };

const BUILT_IN = compileCatalogue({
  version: 'torture',
  labels: ['pets', 'grocery', 'compensation', 'monthly'].map((id) => ({ id, group: 'test' })),
  rates: { asOf: '2026-01-01', source: 'test', perEuro: { PLN: { '2026-01': '4' } } },
  rules: {
    brands: [
      { brand: 'zooplus', out: ['pets'] },
      { brand: 'lidl', out: ['grocery'] },
    ],
    words: [{ words: ['wynagrodzenie'], in: ['compensation'] }],
    merchantCodes: [],
    bankCodes: [],
    gateways: [],
    noise: [],
    ...NO_KNOWLEDGE,
  },
  profiles: [
    { ...base, id: 'absent', enter: { feature: 'all.count', window: '7d', atMost: 0 }, hold: '1d' },
    {
      ...base,
      id: 'busy',
      enter: { feature: 'all.count', window: '30d', atLeast: 3 },
      stay: { feature: 'all.count', window: '30d', atLeast: 1 },
    },
    { ...base, id: 'long', enter: { feature: 'owner.history', atLeast: 20 } },
    { ...base, id: 'one', enter: { feature: 'all.count', window: '365d', atLeast: 1 } },
    { ...base, id: 'pets', enter: { feature: 'pets|grocery.total', window: '90d', atLeast: '12 EUR' } },
    { ...base, id: 'seven', enter: { feature: 'all.count', window: '365d', atLeast: 7 } },
  ],
});
export const SETTINGS = { enabledProfiles: [] };
/** The catalogue of a replay, instead of the one that all others use. */
export const REPLAYED = { ...SETTINGS, amendment: 'replayed' };
const AMENDMENT: AmendmentDocument = {
  ...NO_AMENDMENT,
  profiles: [{ ...base, id: 'busy', enter: { feature: 'all.count', window: '30d', atLeast: 4 } }],
  disabled: ['one'],
};
export const CATALOGUES = openCatalogues(catalogueOf(BUILT_IN), async () => AMENDMENT);
export const CATALOGUE = amend(BUILT_IN, NO_AMENDMENT, SETTINGS);
