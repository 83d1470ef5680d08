/** How the fields of an import are written: once, for the schema that reports faults and for the quick look before it. */
import { parseDay } from '../../domain/values/day.ts';

/** Of an owner's id, in code points. */
export const LONGEST_OWNER_ID = 256;
/** In code points. */
export const LONGEST = { text: 4096, id: 256, decimal: 64, instant: 64, iban: 64, label: 64, objectKey: 1024 } as const;
export const MOST_LABELS = 32;

export const FORMS = {
  day: /^\d{4}-\d{2}-\d{2}$/,
  decimal: /^[+-]?\d+(\.\d+)?$/,
  instant: /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d+)?(Z|[+-]\d{2}:\d{2})$/i,
  currency: /^[A-Z]{3}$/,
  merchantCategoryCode: /^\d{4}$/,
} as const;

export const STATUSES = ['DONE', 'PENDING'] as const;

/** The calendar is checked here already, so that a publisher gets impossible days together with all other faults. */
export function isOfCalendar(day: string): boolean {
  return parseDay(day) !== undefined;
}

/** Whether a text has that many code points at most. They are counted only when its code units, one or two for each, leave it open. */
export function isUpTo(longest: number, text: string): boolean {
  return text.length <= longest || (text.length <= 2 * longest && [...text].length <= longest);
}

export function hasLengthOfOwnerId(text: string): boolean {
  return text.length > 0 && isUpTo(LONGEST_OWNER_ID, text);
}

export function hasControlCharacters(text: string): boolean {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are just what is looked for here
  return /[\u0000-\u001f\u007f-\u009f]/.test(text);
}
