import { openBuiltInCatalogue } from '../adapters/built-in-catalogue.ts';
import { catalogueFor } from '../service/catalogue.ts';
import { makeProfiles } from './recipe.ts';

const catalogue = openBuiltInCatalogue();

/** Needs the catalogue alone: neither table nor hash key. */
export const handler = makeProfiles({ catalogueFor: (settings) => catalogueFor({ catalogue }, settings) });
