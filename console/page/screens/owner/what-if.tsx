/** What would make a profile apply, or keep it: the service has tried each fact. */
import type { Schemas } from '../../api/schema-types.ts';
import { Notice } from '../../parts/basic.tsx';
import { day, money, t } from '../../texts/texts.ts';
import { Rows, withReasons } from './rows.tsx';

type WhatIf = NonNullable<Schemas['Explanation']['whatIf']>;
type Further = WhatIf['transactions'][number];
/** How many days are named one by one. */
const MOST_NAMED = 4;

export function WouldChange({ applies, whatIf }: { applies: boolean; whatIf: WhatIf }) {
  const { transactions, on, byItselfOn, endsOn, without, withoutOmitted } = whatIf;
  return (
    <Notice title={t(applies ? 'wouldKeep' : 'wouldChange')}>
      <ul class="what-if">
        {transactions.map((further) => (
          <li key={`${further.label} ${further.days}`}>
            <FurtherTransactions further={further} />
          </li>
        ))}
        {transactions.length > 0 && !applies && on && <li>{t('appliesThen', { day: day(on) })}</li>}
        {transactions.length > 0 && applies && <li>{endsOn ? t('endsThen', { day: day(endsOn) }) : t('endsNever')}</li>}
        {byItselfOn && <li>{t('byItself', { day: day(byItselfOn) })}</li>}
      </ul>
      {without.length > 0 && (
        <details>
          <summary>{t('withoutThese', { n: without.length + withoutOmitted })}</summary>
          <Rows rows={without.map(withReasons)} />
        </details>
      )}
    </Notice>
  );
}

function FurtherTransactions({ further }: { further: Further }) {
  const { label, direction, days, differentParties, amountIs, currencyAmount, currencyName } = further;
  const n = days.length;
  const named = [...new Set(days)].slice(0, MOST_NAMED).map((each) => day(each));
  const isMore = new Set(days).size > MOST_NAMED;
  const amount = { value: money(currencyAmount, currencyName) };
  return (
    <>
      <strong>
        {label === null ? t(direction === 'in' ? 'moreIn' : 'moreOut', { n }) : t('moreOf', { n, label })}
      </strong>{' '}
      ({named.join(', ')}
      {isMore && ' …'}){amountIs !== 'any' && `, ${t('each', { amount: t(`operator.${amountIs}`, amount) })}`}
      {differentParties && `, ${t('differentParties')}`}
    </>
  );
}
