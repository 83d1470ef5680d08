/** What was booked, added up, beneath the bars of profiles: a line for each currency. */
import { dayNumber, isoDay, type Range } from '../../model/days.ts';
import { type Balance, balancesOf, type Year } from '../../model/year.ts';
import type { Query } from '../../state/query.ts';
import { day, money, t } from '../../texts/texts.ts';

/** Lines of currencies with few rows say little. */
const MOST_LINES = 3;
const HEIGHT = 44;

export function Balances(props: { year: Query<Year>; range: Range; now: number }) {
  const { year, range, now } = props;
  const { rows = [], isWhole } = year.data ?? {};
  const first = rows.at(-1)?.bookedOn;
  if (first === undefined) return null;
  const { length } = rows;
  return (
    <>
      <p class="balance muted small">
        {t('balanceSays', { day: day(first) })} {!isWhole && t('newestRows', { n: length })}
      </p>
      {balancesOf(rows)
        .slice(0, MOST_LINES)
        .map((balance) => (
          <Line
            key={balance.currency}
            balance={balance}
            from={Math.max(range.from, dayNumber(first))}
            range={range}
            now={now}
          />
        ))}
    </>
  );
}

function Line(props: { balance: Balance; from: number; range: Range; now: number }) {
  const { balance, from, range, now } = props;
  const { currency, days, low, high } = balance;
  const sum = days.at(-1)?.sum ?? 0;
  const shown = (value: number) => money(value.toFixed(2), currency);
  const x = (at: number) => at - range.from;
  const y = (value: number) => HEIGHT - 3 - ((value - low) / (high - low || 1)) * (HEIGHT - 6);
  const steps = days.map((each) => `H${x(each.day)}V${y(each.sum).toFixed(1)}`).join('');
  return (
    <>
      <span class="lane booked">
        {t('bookedIn', { currency })} <strong>{shown(sum)}</strong>
      </span>
      <svg class="balance" viewBox={`0 0 ${range.to - range.from + 1} ${HEIGHT}`} preserveAspectRatio="none" role="img">
        <title>
          {t('balanceOf', {
            currency,
            from: day(isoDay(days[0]?.day ?? now)),
            sum: shown(sum),
            low: shown(low),
            high: shown(high),
          })}
        </title>
        <line x1="0" x2={x(now) + 1} y1={y(0)} y2={y(0)} />
        <path d={`M${x(from)} ${y(0).toFixed(1)}${steps}H${x(now) + 1}`} />
      </svg>
    </>
  );
}
