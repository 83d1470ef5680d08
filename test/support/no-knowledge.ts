/** What a catalogue of a few words knows about related labels, names and countries: nothing. */
import type { LabelRules } from '../../functions/domain/labels/rules.ts';

export const NO_KNOWLEDGE: Pick<LabelRules, 'meaning' | 'names' | 'ordinaryWords' | 'countries'> = {
  meaning: {
    qualifiers: [],
    meantBefore: {},
    inside: {},
    notAService: [],
    notRefunded: [],
    yieldsToPay: [],
    paysOut: [],
    codesAboveBrands: [],
    retail: [],
    groupsBought: [],
    noStreets: [],
    soldOnTheSpot: [],
    paidToPeople: [],
  },
  names: {
    legalForms: [],
    firstNames: [],
    beforePeople: [],
    saints: [],
    surnames: [],
    months: [],
    debits: [],
    cards: [],
    streets: {
      before: [],
      after: [],
      initials: [],
      afterGenitive: [],
      genitives: [],
      joined: [],
      adjectives: [],
      afterAdjective: [],
      articles: [],
      beforeAddress: [],
    },
  },
  ordinaryWords: [],
  countries: { codes: [], threeLetters: {}, ofCurrency: {} },
};
