/** The profiles of generated owners against those that they were made to have. */

import type { Catalogue } from '../../functions/domain/catalogue/catalogue.ts';
import { interpretImport } from '../../functions/domain/ledger/import.ts';
import type { Import } from '../../functions/domain/ledger/ledger.ts';
import { firstBookedDay, joinPages } from '../../functions/domain/ledger/page.ts';
import { columnsFor, type DerivationInput, deriveProfiles, rowsOf } from '../../functions/domain/profiles/derive.ts';
import { explain } from '../../functions/domain/profiles/explain.ts';
import { type Day, parseDay } from '../../functions/domain/values/day.ts';
import type { Life } from '../lives/life.ts';
import { asOf } from '../lives/lives.ts';
import { Tallies } from './scores.ts';

/** The day for which generated owners are judged. */
export const LAST_DAY = parseDay(asOf) as Day;
/** Some time after every import of the lives. */
const AFTERWARDS = Date.UTC(2100, 0, 1);

export type Owner = { readonly life: Life; readonly input: DerivationInput };
export type LifeError = {
  readonly owner: string;
  readonly country: string;
  readonly profile: string;
  readonly kind: 'wrong' | 'missed';
  readonly story: string;
  /** What is missing by the explanation, or the values of the conditions that hold. */
  readonly because: string;
};
export type LivesResult = {
  readonly owners: number;
  /** Owners with exactly their profiles. */
  readonly exact: number;
  readonly profiles: Tallies;
  /** The same without sensitive profiles, as for a client that enabled none. */
  readonly notSensitive: Tallies;
  readonly countries: Tallies;
  /** By the name of a profile, a blank, and the country. */
  readonly profilesByCountry: Tallies;
  readonly errors: readonly LifeError[];
};

/** An owner as in the service: its messages interpreted, joined to pages and read back. */
export function ownerOf(catalogue: Catalogue, life: Life): Owner {
  return { life, input: inputOf(catalogue, life.imports) };
}

/** The input of the derivation, once all these messages of one owner were joined. @throws Error for one that cannot be joined */
export function inputOf(catalogue: Catalogue, messages: Life['imports']): DerivationInput {
  const imports = messages.map((message): Import => {
    const { import: read, faults } = interpretImport(message, AFTERWARDS);
    if (!read) throw new Error(`${message.importId}: ${JSON.stringify(faults)}`);
    return read;
  });
  const { pages } = joinPages([], imports, { erasedAt: 0, firstMonth: 0 });
  return {
    catalogue,
    definitions: catalogue.definitions,
    rows: rowsOf(pages),
    dataFrom: firstBookedDay(pages) ?? null,
  };
}

/** Judges owners; `explained`: with the reason of every error. */
export function measureLives(owners: readonly Owner[], explained: boolean): LivesResult {
  const profiles = new Tallies();
  const notSensitive = new Tallies();
  const countries = new Tallies();
  const profilesByCountry = new Tallies();
  const errors: LifeError[] = [];
  let exact = 0;
  for (const owner of owners) {
    const { life, input } = owner;
    const given = deriveProfiles(input, LAST_DAY);
    const expected = life.profiles;
    profiles.add(given, expected);
    const sensitive = input.definitions.filter(({ document }) => document.sensitive).map(({ document }) => document.id);
    const shown = (ids: readonly string[]) => ids.filter((id) => !sensitive.includes(id));
    notSensitive.add(shown(given), shown(expected));
    const there = (ids: readonly string[]) => ids.map((id) => `${id} ${life.country}`);
    profilesByCountry.add(there(given), there(expected));
    const ofCountry = countries.of(life.country);
    const missed = expected.filter((profile) => !given.includes(profile));
    const wrong = given.filter((profile) => !expected.includes(profile));
    ofCountry.hits += expected.length - missed.length;
    ofCountry.missed += missed.length;
    ofCountry.wrong += wrong.length;
    if (missed.length + wrong.length === 0) exact++;
    else if (explained) errors.push(...errorsOf(owner, missed, 'missed'), ...errorsOf(owner, wrong, 'wrong'));
  }
  return { owners: owners.length, exact, profiles, notSensitive, countries, profilesByCountry, errors };
}

/** Several results as one. */
export function joined(results: readonly LivesResult[]): LivesResult {
  const profiles = new Tallies();
  const notSensitive = new Tallies();
  const countries = new Tallies();
  const profilesByCountry = new Tallies();
  for (const result of results) {
    profiles.addAll(result.profiles);
    notSensitive.addAll(result.notSensitive);
    countries.addAll(result.countries);
    profilesByCountry.addAll(result.profilesByCountry);
  }
  return {
    owners: results.reduce((sum, { owners }) => sum + owners, 0),
    exact: results.reduce((sum, { exact }) => sum + exact, 0),
    profiles,
    notSensitive,
    countries,
    profilesByCountry,
    errors: results.flatMap(({ errors }) => errors),
  };
}

function errorsOf({ life, input }: Owner, profiles: readonly string[], kind: LifeError['kind']): LifeError[] {
  if (profiles.length === 0) return [];
  const definitions = input.definitions.filter(({ document }) => profiles.includes(document.id));
  return explain(definitions, columnsFor(input, LAST_DAY), input.catalogue, LAST_DAY, 3).map((explanation) => ({
    owner: life.ownerExternalId,
    country: life.country,
    profile: explanation.profile,
    kind,
    story: life.story,
    because:
      kind === 'missed'
        ? explanation.missing.join('; ')
        : explanation.conditions
            .filter(({ part, verdict }) => part === 'enter' && verdict)
            .map(({ feature, value, transactions }) => {
              const latest = transactions[0];
              return `${feature} ${value}${latest ? ` (${latest.title})` : ''}`;
            })
            .join('; '),
  }));
}
