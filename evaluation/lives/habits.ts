/** All habits, in a fixed order: plans draw from it. */
import type { Habit } from './habit.ts';
import { goodsAndMoney } from './habits-goods.ts';
import { outings } from './habits-outings.ts';

export const habits: readonly Habit[] = [...outings, ...goodsAndMoney];

export const habit = (id: string): Habit => {
  const found = habits.find((one) => one.id === id);
  if (found === undefined) throw new Error(`no habit ${id}`);
  return found;
};
