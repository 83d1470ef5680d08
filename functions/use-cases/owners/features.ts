/** An owner's features: the numbers that the definitions of the client's catalogue read. */

import { conditionsOf } from '../../domain/catalogue/definition.ts';
import { type Feature, featureKey, formatValue } from '../../domain/features/feature.ts';
import { columnsFor } from '../../domain/profiles/derive.ts';
import { valueOn } from '../../domain/profiles/explain.ts';
import type { OwnerAnswer, OwnerRequest } from '../../domain/profiles/owner-answer.ts';
import type { Rates } from '../../domain/values/rates.ts';
import type { Service } from '../service/service.ts';
import { readForDays } from './read-day.ts';

/** Counts and days as numbers, money as "61.20 EUR", ratios as numbers with four decimals; null: there is no value. */
export type FeatureValue = number | string | null;

/** Undefined when the owner is not known. Keys are names with their window, `pets.months/180d`, sorted. */
export async function ownerFeatures(
  service: Service,
  request: OwnerRequest,
): Promise<
  | (Omit<OwnerAnswer, 'profiles' | 'notJudged'> & {
      /** By which amounts were converted. */
      readonly rates: Pick<Rates, 'asOf' | 'source'>;
      readonly features: Record<string, FeatureValue>;
    })
  | undefined
> {
  const read = await readForDays(service, request, request.asOf);
  if (!read) return undefined;
  const columns = columnsFor(read.input, request.asOf);
  const features = new Map<string, Feature>();
  for (const { enter, stay } of read.input.definitions) {
    for (const { feature } of [...conditionsOf(enter), ...conditionsOf(stay)])
      features.set(featureKey(feature), feature);
  }
  const values = [...features.keys()].sort().map((key) => {
    const feature = features.get(key)!;
    return [key, presented(feature, valueOn(feature, columns, request.asOf))] as const;
  });
  const { asOf, source } = read.input.catalogue.rates;
  return { asOf: request.asOf, ...read.head, rates: { asOf, source }, features: Object.fromEntries(values) };
}

function presented({ unit }: Feature, value: number | null): FeatureValue {
  const text = formatValue(unit, value);
  return text === null || unit === 'money' ? text : Number(text);
}
