/** A catalogue of a few labels and words, small enough to reason about, and arbitrary definitions over it. */
import { fc } from '@fast-check/jest';
import {
  type Catalogue,
  type CatalogueDocument,
  compileCatalogue,
} from '../../functions/domain/catalogue/catalogue.ts';
import type {
  ConditionDocument,
  DefinitionDocument,
  RuleDocument,
} from '../../functions/domain/catalogue/definition.ts';
import { OWNER_METRICS, SET_METRICS } from '../../functions/domain/features/feature.ts';
import { NO_KNOWLEDGE } from './no-knowledge.ts';

const LABELS = [
  'pets',
  'grocery',
  'compensation',
  'regular wage',
  'salary',
  'monthly',
  'internal',
  'savings',
  'refund',
  'welfare',
];

export function tinyDocument(profiles: readonly DefinitionDocument[]): CatalogueDocument {
  return {
    version: 'tiny',
    labels: LABELS.map((id) => ({ id, group: 'test' })),
    rates: { asOf: '2026-01-01', source: 'test', perEuro: { PLN: { '2026-01': '4' }, JPY: { '2026-01': '160' } } },
    rules: {
      brands: [
        { brand: 'zooplus', out: ['pets'] },
        { brand: 'lidl', out: ['grocery'] },
      ],
      words: [
        { words: ['wynagrodzenie'], in: ['compensation'] },
        { words: ['cel*'], out: ['savings'], in: ['savings'] },
        { words: ['zasilek'], in: ['welfare'] },
      ],
      merchantCodes: [{ mcc: '5995', out: ['pets'] }],
      bankCodes: [],
      gateways: [],
      noise: ['sp z o o', 'lisboa'],
      ...NO_KNOWLEDGE,
      names: { ...NO_KNOWLEDGE.names, months: ['luty', 'marzec', 'kwiecien', 'maj'] },
      countries: { codes: ['ES', 'PL', 'PT'], threeLetters: {}, ofCurrency: { PLN: ['PL'] } },
    },
    profiles,
  };
}

export function tinyCatalogue(profiles: readonly DefinitionDocument[] = []): Catalogue {
  return compileCatalogue(tinyDocument(profiles));
}

const WINDOWS = ['1d', '7d', '30d', '90d', '180d', '364d', '365d'];
const SETS = [
  'pets',
  'grocery',
  'pets|grocery',
  'pets|monthly without internal|grocery',
  'monthly',
  'regular wage',
  'internal',
  'all',
  'spending',
  'income',
];

/** Names of features with a window, of every metric. */
export const featureName = fc.oneof(
  {
    weight: 3,
    arbitrary: fc
      .tuple(fc.constantFrom(...SETS), fc.constantFrom(...Object.keys(SET_METRICS)))
      .map(([set, metric]) => ({ name: `${set}.${metric}`, metric })),
  },
  {
    weight: 1,
    arbitrary: fc.constantFrom(...Object.keys(OWNER_METRICS)).map((metric) => ({ name: `owner.${metric}`, metric })),
  },
);
export const windowText = fc.constantFrom(...WINDOWS);

function thresholds(metric: string): fc.Arbitrary<number | string> {
  if (['total', 'average', 'largest'].includes(metric)) {
    return fc.oneof(
      fc.integer({ min: 0, max: 200 }).map((euros) => `${euros} EUR`),
      fc.constant('20.20 PLN'),
    );
  }
  if (['share', 'netShare', 'savingsRate', 'weekendShare', 'monthStartShare'].includes(metric)) {
    return fc.oneof(
      fc.integer({ min: -10, max: 100 }).map((percent) => `${percent}%`),
      fc.constantFrom(0, 0.25, 0.5, 1),
    );
  }
  if (metric === 'lastSeen') return fc.integer({ min: 0, max: 365 });
  if (metric === 'history') return fc.integer({ min: 0, max: 365 });
  return fc.integer({ min: 0, max: 5 });
}

const value = (threshold: number | string) => Number(String(threshold).replace(/[^\d.-]/g, ''));

export const condition: fc.Arbitrary<ConditionDocument> = fc
  .tuple(featureName, windowText)
  .chain(([{ name, metric }, window]) =>
    fc
      .tuple(
        fc.constantFrom('atLeast', 'atMost', 'above', 'below', 'between'),
        fc.uniqueArray(
          thresholds(metric).filter((threshold) => !String(threshold).includes('PLN')),
          {
            minLength: 1,
            maxLength: 2,
            selector: value,
          },
        ),
      )
      .map(([operator, given]) => {
        const inOrder = [...given].sort((a, b) => scaled(a) - scaled(b));
        const threshold = operator === 'between' ? [inOrder[0], inOrder.at(-1)] : inOrder[0];
        return {
          feature: name,
          ...(metric !== 'history' && { window }),
          [operator]: threshold,
        } as ConditionDocument;
      }),
  );

function scaled(threshold: number | string): number {
  return String(threshold).endsWith('%') ? value(threshold) / 100 : value(threshold);
}

export const rule: fc.Arbitrary<RuleDocument> = fc.letrec<{ rule: RuleDocument }>((tie) => ({
  rule: fc.oneof(
    { maxDepth: 2, withCrossShrink: true },
    { weight: 3, arbitrary: condition },
    { weight: 1, arbitrary: fc.array(tie('rule'), { minLength: 1, maxLength: 3 }).map((all) => ({ all })) },
    { weight: 1, arbitrary: fc.array(tie('rule'), { minLength: 1, maxLength: 3 }).map((any) => ({ any })) },
    { weight: 1, arbitrary: tie('rule').map((not) => ({ not })) },
  ),
})).rule;

const definition = fc.record(
  {
    enter: rule,
    stay: rule,
    needs: fc.constantFrom('1d', '30d', '90d', '365d').map((history) => ({ history })),
    hold: fc.constantFrom('1d', '5d', '30d', '60d'),
  },
  { requiredKeys: ['enter'] },
);

/** A small catalogue of definitions, with one that can hold at all times. */
export const definitions: fc.Arbitrary<DefinitionDocument[]> = fc
  .array(definition, { minLength: 1, maxLength: 6 })
  .map((parts) => parts.map((part, index) => ({ id: `p${index}`, title: 'P', description: 'P', ...part })));
