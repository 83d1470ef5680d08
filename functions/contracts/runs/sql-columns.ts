/**
 * Kept features as columns whose names have small letters, digits and `_` alone, as Athena needs them: the files of snapshots and the stack's
 * table agree on them here.
 */
import { type Feature, featureAsked, featureKey, unitOf } from '../../domain/features/feature.ts';

type Named = Pick<Feature, 'name' | 'window'>;

export type SqlColumn = { readonly name: string; readonly type: 'int' | 'double' };

/** `cafe.count/180d` → `cafe_count_180d`. */
export function sqlName(feature: Named): string {
  return featureKey(feature)
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '_');
}

/** The features whose names differ from all the others': a column must not be one or another. */
export function sqlFeatures<Kept extends Named>(features: readonly Kept[]): Kept[] {
  const named = Map.groupBy(features, sqlName);
  return features.filter((feature) => named.get(sqlName(feature))?.length === 1);
}

/** Whether values of a feature are whole numbers; amounts in EUR and ratios are not. */
export function isWhole({ unit }: Pick<Feature, 'unit'>): boolean {
  return unit !== 'money' && unit !== 'ratio';
}

/** The column of a feature as people write it, `cafe.count 180d`; undefined: no snapshot can keep such a feature. */
export function sqlColumn(text: string): SqlColumn | undefined {
  const feature = featureAsked(text);
  const unit = unitOf(feature);
  return unit && { name: sqlName(feature), type: isWhole({ unit }) ? 'int' : 'double' };
}
