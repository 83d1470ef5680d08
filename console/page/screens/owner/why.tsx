/** Why a profile applies on a day, or why not and what would change it, down to the transactions. */
import { answerOf, api } from '../../api/client.ts';
import type { Schemas } from '../../api/schema-types.ts';
import { Awaited, Chip } from '../../parts/basic.tsx';
import { useQuery } from '../../state/query.ts';
import { measureText, thresholdText, valueText } from '../../texts/sentences.ts';
import { day, t } from '../../texts/texts.ts';
import { Rows, withReasons } from './rows.tsx';
import { WouldChange } from './what-if.tsx';

export type Explanation = Schemas['Explanation'];
type Condition = Explanation['conditions'][number];
const PARTS = ['needs', 'enter', 'stay'] as const;

export function Why({ id, profile, asOf }: { id: string; profile: string; asOf: string }) {
  const query = useQuery(
    `${id} ${profile} ${asOf}`,
    (signal) =>
      answerOf(
        api.GET('/v1/owner-profiles/explanation', {
          params: { query: { ownerExternalId: id, profile, asOf } },
          signal,
        }),
      ),
    true,
  );
  return (
    <Awaited of={query} rows={8}>
      {({ explanations: [explanation] }) => explanation && <Explained explanation={explanation} />}
    </Awaited>
  );
}

export function Explained({ explanation }: { explanation: Explanation }) {
  const { applies, judged, title, conditions, whatIf } = explanation;
  return (
    <article class="explained">
      <header>
        <h3 lang="en">
          <bdi>{title}</bdi>
        </h3>
        <Chip tone={applies ? 'good' : judged ? '' : 'warn'}>
          {t(applies ? 'applies' : judged ? 'appliesNot' : 'notJudgedOne')}
        </Chip>
      </header>
      <p class="muted">
        <Verdict explanation={explanation} />
      </p>
      {whatIf && <WouldChange applies={applies} whatIf={whatIf} />}
      {whatIf === null && !applies && judged && <p class="muted">{t('wouldNotChange')}</p>}
      {PARTS.map((part) => (
        <Part key={part} part={part} conditions={conditions.filter((condition) => condition.part === part)} />
      ))}
    </article>
  );
}

function Verdict({ explanation: { applies, judged, since, endsOn } }: { explanation: Explanation }) {
  if (!judged) return <>{t('notJudgedSays')}</>;
  if (!applies) return <>{t('appliesNotSays')}</>;
  const ends = endsOn ? t('endsOn', { day: day(endsOn) }) : t('endsNever');
  return <>{[since && t('sinceWhen', { day: day(since) }), ends].filter(Boolean).join(' ')}</>;
}

function Part({ part, conditions }: { part: (typeof PARTS)[number]; conditions: readonly Condition[] }) {
  if (conditions.length === 0) return null;
  return (
    <section>
      <h4>{t(`part.${part}`)}</h4>
      <ul class="conditions">
        {conditions.map((condition) => (
          <ConditionLine key={condition.path} condition={condition} />
        ))}
      </ul>
    </section>
  );
}

function ConditionLine({ condition }: { condition: Condition }) {
  const { verdict, value, operator, threshold, transactions, transactionsOmitted } = condition;
  const asked = operator === 'between' ? threshold.split(/\s*(?:,|and|to)\s+/) : threshold;
  return (
    <li>
      <span class={verdict ? 'mark good' : 'mark bad'} role="img" aria-label={t(verdict ? 'holds' : 'holdsNot')}>
        {verdict ? '✓' : '✗'}
      </span>
      <div>
        <div class="measured">
          <span>{measureText(condition)}</span>
          <span class="values">
            <strong>{valueText(value)}</strong> <span class="muted">{thresholdText(operator, asked)}</span>
          </span>
        </div>
        {transactions.length > 0 && (
          <details>
            <summary>{t('behind', { n: transactions.length + transactionsOmitted })}</summary>
            <Rows rows={transactions.map(withReasons)} />
            {transactionsOmitted > 0 && <p class="muted small">{t('omitted', { n: transactionsOmitted })}</p>}
          </details>
        )}
      </div>
    </li>
  );
}
