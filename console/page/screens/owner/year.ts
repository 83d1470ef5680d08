import { answerOf, api } from '../../api/client.ts';
import { dayNumber, isoDay } from '../../model/days.ts';
import type { Row, Year } from '../../model/year.ts';
import { type Query, useQuery } from '../../state/query.ts';

export const PAST_DAYS = 364;
/** Of rows, and of pages: of more, the newest are shown. */
const A_PAGE = 1000;
const MOST_PAGES = 5;

/** The booked rows of the year up to a day, newest first. */
export function useYear(id: string, today: string): Query<Year> {
  return useQuery(`${id} ${today}`, async (signal) => {
    const rows: Row[] = [];
    const days = { from: isoDay(dayNumber(today) - PAST_DAYS), to: today };
    let cursor: string | null = null;
    for (let page = 0; page < MOST_PAGES; page++) {
      const query = { ownerExternalId: id, limit: A_PAGE, ...days, ...(cursor && { cursor }) };
      const asked = api.GET('/v1/owner-transactions', { params: { query }, signal });
      const answer: { readonly transactions: readonly Row[]; readonly cursor: string | null } = await answerOf(asked);
      rows.push(...answer.transactions);
      cursor = answer.cursor;
      if (cursor === null) break;
    }
    return { rows, isWhole: cursor === null };
  });
}
