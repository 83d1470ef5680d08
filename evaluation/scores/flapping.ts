/** How often profiles come and go from one day to the next, with the weaker condition that keeps them and without it. */

import { type Definition, LONGEST_HOLD } from '../../functions/domain/catalogue/definition.ts';
import { columnsOf } from '../../functions/domain/features/columns.ts';
import { labelRows } from '../../functions/domain/labels/label-rows.ts';
import { enteredOn, judge, type Verdicts } from '../../functions/domain/profiles/judge.ts';
import { random } from '../lives/life.ts';
import { LAST_DAY, type Owner } from './lives.ts';

/** Days to examine. */
export const DAYS = 180;

export type Changes = {
  entered: number;
  left: number;
  /** Those that entered after they had left before, within the examined days. */
  returned: number;
  /** Days on which an owner had a profile, added up. */
  memberDays: number;
};
export type Flapping = {
  readonly kept: Changes;
  readonly bare: Changes;
  readonly byProfile: ReadonlyMap<string, { readonly kept: Changes; readonly bare: Changes }>;
};

export function measureFlapping(owners: readonly Owner[]): Flapping {
  const kept = noChanges();
  const bare = noChanges();
  const byProfile = new Map<string, { kept: Changes; bare: Changes }>();
  for (const { input } of owners) {
    const { catalogue, dataFrom, definitions } = input;
    const rows = input.rows.filter(({ day }) => day <= LAST_DAY);
    const columns = columnsOf(labelRows(rows, catalogue), dataFrom, catalogue);
    const count = (judged: readonly Definition[], sum: Changes, of: 'kept' | 'bare') => {
      for (const verdict of judge(judged, columns, LAST_DAY - DAYS - LONGEST_HOLD, LAST_DAY)) {
        const { id } = verdict.definition.document;
        const own = byProfile.get(id) ?? { kept: noChanges(), bare: noChanges() };
        byProfile.set(id, own);
        const changes = changesOf(verdict);
        add(sum, changes);
        add(own[of], changes);
      }
    };
    count(definitions, kept, 'kept');
    count(definitions.map(withoutHysteresis), bare, 'bare');
  }
  return { kept, bare, byProfile };
}

/** Share of the rows that the thinned owners keep. */
export const KEPT_ROWS = 0.35;

/**
 * The same owners with most of their rows removed at random, always the same ones. Generated owners live clearly in or out of every
 * profile; these have habits about as strong as the thresholds require, and that is where profiles come and go.
 */
export function thinned(owners: readonly Owner[]): Owner[] {
  return owners.map((owner, index) => {
    const chance = random(index + 1);
    return { ...owner, input: { ...owner.input, rows: owner.input.rows.filter(() => chance.chance(KEPT_ROWS)) } };
  });
}

/** Changes for each member and day: 0.01 is one change a day among a hundred members. */
export function rateOf({ entered, left, memberDays }: Changes): number {
  return memberDays === 0 ? 0 : (entered + left) / memberDays;
}

function withoutHysteresis(definition: Definition): Definition {
  return { ...definition, stay: definition.enter, hold: 1 };
}

function changesOf(verdict: Verdicts): Changes {
  const changes = noChanges();
  let before = enteredOn(verdict, LAST_DAY - DAYS) !== undefined;
  let hasLeft = false;
  for (let day = LAST_DAY - DAYS + 1; day <= LAST_DAY; day++) {
    const applies = enteredOn(verdict, day) !== undefined;
    if (applies) changes.memberDays++;
    if (applies && !before) {
      changes.entered++;
      if (hasLeft) changes.returned++;
    }
    if (!applies && before) {
      changes.left++;
      hasLeft = true;
    }
    before = applies;
  }
  return changes;
}

function noChanges(): Changes {
  return { entered: 0, left: 0, returned: 0, memberDays: 0 };
}

function add(sum: Changes, more: Changes): void {
  sum.entered += more.entered;
  sum.left += more.left;
  sum.returned += more.returned;
  sum.memberDays += more.memberDays;
}
