/** Profiles as bars over a year and the months to come, and the selected day of everything below. */
import { answerOf, api } from '../../api/client.ts';
import { dayNumber, isoDay, monthsOf, type Range, runsOf } from '../../model/days.ts';
import type { Year } from '../../model/year.ts';
import { Awaited, Card, Empty } from '../../parts/basic.tsx';
import { place, show } from '../../state/place.ts';
import { type Query, useQuery } from '../../state/query.ts';
import { titleOf } from '../../state/titles.ts';
import { day, month, t } from '../../texts/texts.ts';
import { Balances } from './balance.tsx';
import { PAST_DAYS } from './year.ts';

const COMING_DAYS = 210;
/** Months whose names fit beside the next. */
const FEWEST_DAYS_NAMED = 22;

export function Timeline(props: { id: string; today: string; asOf: string; year: Query<Year> }) {
  const { id, today, asOf, year } = props;
  const now = dayNumber(today);
  const range = { from: now - PAST_DAYS, to: now + COMING_DAYS };
  const query = { ownerExternalId: id, from: isoDay(range.from), to: isoDay(range.to) };
  const history = useQuery(`${id} ${today}`, (signal) =>
    answerOf(api.GET('/v1/owner-profiles/history', { params: { query }, signal })),
  );
  return (
    <Card title={t('timeline')} aside={<span class="muted small">{t('timelineSays')}</span>}>
      <Awaited of={history} rows={5}>
        {({ spans }) => {
          const runs = runsOf(spans);
          return (
            <div class="timeline">
              {runs.size === 0 && <Empty title={t('timelineEmpty')} />}
              {[...runs].map(([profile, own]) => (
                <Lane key={profile} profile={profile} runs={own} range={range} now={now} asOf={dayNumber(asOf)} />
              ))}
              <Balances year={year} range={range} now={now} />
              <Months range={range} />
              <DaySlider range={range} today={today} asOf={asOf} />
            </div>
          );
        }}
      </Awaited>
    </Card>
  );
}

function Lane(props: { profile: string; runs: readonly Range[]; range: Range; now: number; asOf: number }) {
  const { profile, runs, range, now, asOf } = props;
  const spans = runs.map(({ from, to }) => t('fromTo', { from: day(isoDay(from)), to: day(isoDay(to)) })).join('; ');
  const bar = (from: number, to: number, name: string) =>
    to >= from && <rect key={`${name} ${from}`} class={name} x={from - range.from} width={to - from + 1} height="14" />;
  const line = (at: number, name: string) => (
    <line class={name} x1={at - range.from + 0.5} x2={at - range.from + 0.5} y1="-5" y2="19" />
  );
  return (
    <>
      <button
        type="button"
        class={`lane link ${place.value['profile'] === profile ? 'chosen' : ''}`}
        onClick={() => show({ profile })}
      >
        <bdi lang="en">{titleOf(profile)}</bdi>
      </button>
      <svg viewBox={`0 0 ${range.to - range.from + 1} 14`} preserveAspectRatio="none" role="img">
        <title>{t('spanOf', { profile: titleOf(profile), spans })}</title>
        <rect class="ground" width={range.to - range.from + 1} height="14" />
        {runs.flatMap(({ from, to }) => [
          bar(from, Math.min(to, now), 'past'),
          bar(Math.max(from, now + 1), to, 'coming'),
        ])}
        {line(now, 'now')}
        {asOf !== now && line(asOf, 'shown')}
      </svg>
    </>
  );
}

function Months({ range }: { range: Range }) {
  return (
    <div class="months" aria-hidden="true">
      {monthsOf(range).map(({ first, days }) => (
        <span key={first} style={{ flexGrow: days }}>
          {days >= FEWEST_DAYS_NAMED && month(first)}
        </span>
      ))}
    </div>
  );
}

function DaySlider({ range, today, asOf }: { range: Range; today: string; asOf: string }) {
  const now = dayNumber(today);
  const choose = (number: number) => show({ asOf: number === now ? undefined : isoDay(number) }, true);
  return (
    <>
      <label class="day" for="day">
        <span class="muted">{t('dayShown')}</span>
        <strong>{asOf === today ? t('today') : day(asOf)}</strong>
      </label>
      <div class="slider" style={{ gridTemplateColumns: `${now - range.from + 1}fr ${range.to - now}fr` }}>
        <input
          id="day"
          type="range"
          min={range.from}
          max={now}
          value={dayNumber(asOf)}
          aria-valuetext={day(asOf)}
          onInput={({ currentTarget }) => choose(Number(currentTarget.value))}
        />
        <span>
          {asOf !== today && (
            <button type="button" class="link small" onClick={() => choose(now)}>
              {t('backToToday')}
            </button>
          )}
        </span>
      </div>
    </>
  );
}
