/** The law of days: which of two imports of the sample owner speaks for which day. */
import { compareStatements, statementOf } from '../../functions/domain/ledger/ledger.ts';
import { type Day, dayOfInstant, formatDay } from '../../functions/domain/values/day.ts';
import { type Axis, months, placeOn } from './months-axis.ts';
import { sampleImports, TODAY } from './sample.ts';
import { line, picture, rect, text } from './svg.ts';

const [WIDTH, HEIGHT, ROW, BAR] = [760, 190, 44, 22];

export function daysPicture(): string {
  const imports = sampleImports().map(({ stamp, accounts }) => ({ stamp, account: accounts[0]! }));
  const first = Math.min(...imports.map(({ account }) => account.from));
  const axis: Axis = { first, last: TODAY, left: 150, right: WIDTH - 10 };
  const at = placeOn(axis);
  const looks = ['first', 'second'];
  const speaks = (day: Day) => {
    const heard = imports.filter(({ account }) => account.from <= day && day <= account.to);
    const best = heard.toSorted((a, b) =>
      compareStatements(day, statementOf(b.stamp, b.account, day), statementOf(a.stamp, a.account, day)),
    )[0];
    return best && imports.indexOf(best);
  };
  const span = (from: Day, to: Day, y: number, look: string) => rect(at(from), y, at(to + 1) - at(from), BAR, look);
  const bars = imports.flatMap(({ stamp, account }, index) => {
    const y = 16 + index * ROW;
    const made = dayOfInstant(stamp.importedAt);
    return [
      text(0, y + 11, `${stamp.source} import`, 'strong'),
      text(0, y + 25, `made ${formatDay(made)}`, 'small'),
      span(account.from, account.to, y, `${looks[index]} faint`),
    ];
  });
  const y = 16 + imports.length * ROW;
  const runs: { from: Day; to: Day; who: number | undefined }[] = [];
  for (let day = first; day <= TODAY; day++) {
    const who = speaks(day);
    const run = runs.at(-1);
    if (run && run.who === who) run.to = day;
    else runs.push({ from: day, to: day, who });
  }
  const heard = runs.flatMap(({ from, to, who }) => (who === undefined ? [] : [span(from, to, y, looks[who]!)]));
  const switches = runs.slice(1).map(({ from }) => line(at(from), 8, at(from), y + BAR + 4, 'dash'));
  const ends = runs
    .slice(1)
    .map(({ from }) => text(at(from) + 4, y + BAR + 16, `from ${formatDay(from)} the feed speaks`, 'small'));
  return picture(WIDTH, HEIGHT, 'Two imports of one account, and which of them speaks for each day', [
    ...months(axis, 8, y + BAR + 24),
    ...bars,
    text(0, y + 11, 'the ledger', 'strong'),
    text(0, y + 25, 'one import a day', 'small'),
    ...heard,
    ...switches,
    ...ends,
  ]);
}
