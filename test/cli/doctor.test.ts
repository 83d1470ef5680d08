import { clockFinding } from '../../cli/commands/doctor.ts';

const NOW = Date.UTC(2026, 10, 29, 12);
const answered = (date: string) => new Headers(date === '' ? {} : { date });

test.each([
  ['Sun, 29 Nov 2026 12:00:00 GMT', { verdict: 'well', says: "0 s ahead of the API's" }],
  ['Sun, 29 Nov 2026 12:01:00 GMT', { verdict: 'well', says: "60 s behind the API's" }],
  [
    'Sun, 29 Nov 2026 11:58:59 GMT',
    { verdict: 'look', says: "61 s ahead of the API's", todo: 'set this clock: imports dated ahead are refused' },
  ],
  ['', { verdict: 'unknown', says: 'the API says no time' }],
])('an API that says "%s"', (date, finding) => {
  expect(clockFinding(answered(date), NOW)).toEqual(finding);
});
