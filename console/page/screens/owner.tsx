/** One owner: which profiles over time, why and why not on any day, and the transactions. */
import { useRef } from 'preact/hooks';
import { answerOf, api } from '../api/client.ts';
import type { Schemas } from '../api/schema-types.ts';
import { dayNumber } from '../model/days.ts';
import { Awaited, Empty, Notice } from '../parts/basic.tsx';
import { place, show } from '../state/place.ts';
import { useQuery, useRested } from '../state/query.ts';
import { day, instant, t } from '../texts/texts.ts';
import { ProfilesOfDay } from './owner/profiles.tsx';
import { Timeline } from './owner/timeline.tsx';
import { Transactions } from './owner/transactions.tsx';
import { useYear } from './owner/year.ts';

type Answer = Schemas['OwnerProfiles'];
/** From this age on, the API's explanations say that the data is old. */
const OLD_DAYS = 35;
const REST_MS = 200;

export function OwnerScreen() {
  const { id = '' } = place.value;
  return (
    <>
      <header class="screen">
        <h1 tabIndex={-1}>{t('owner')}</h1>
        <LookUp key={id} id={id} />
      </header>
      {id === '' ? <Empty title={t('ownerEmpty')}>{t('ownerEmptySays')}</Empty> : <Owner key={id} id={id} />}
    </>
  );
}

function LookUp({ id }: { id: string }) {
  const field = useRef<HTMLInputElement>(null);
  const lookUp = (event: Event) => {
    event.preventDefault();
    const asked = field.current?.value ?? '';
    if (asked !== '') show({ id: asked, asOf: undefined, label: undefined, rows: undefined, text: undefined });
  };
  return (
    <search class="look-up">
      <form onSubmit={lookUp}>
        <input
          ref={field}
          class="field"
          type="search"
          dir="auto"
          defaultValue={id}
          aria-label={t('ownerId')}
          placeholder={t('ownerId')}
          autocomplete="off"
          autocapitalize="none"
          spellcheck={false}
          maxLength={256}
          data-main
        />
        <button type="submit" class="button">
          {t('lookUp')}
        </button>
      </form>
    </search>
  );
}

function Owner({ id }: { id: string }) {
  const today = useQuery(id, (signal) => profilesOf(id, undefined, signal));
  if (today.problem?.code === 'OWNER_NOT_FOUND')
    return <Empty title={t('ownerUnknown')}>{t('ownerUnknownSays')}</Empty>;
  return (
    <Awaited of={today} rows={10}>
      {(answer) => <Known id={id} today={answer} />}
    </Awaited>
  );
}

const profilesOf = (ownerExternalId: string, asOf: string | undefined, signal: AbortSignal) =>
  answerOf(api.GET('/v1/owner-profiles', { params: { query: { ownerExternalId, ...(asOf && { asOf }) } }, signal }));

function Known({ id, today }: { id: string; today: Answer }) {
  const asOf = place.value['asOf'] ?? today.asOf;
  const settled = useRested(asOf, REST_MS);
  const past = useQuery(
    settled === today.asOf ? null : `${id} ${settled}`,
    (signal) => profilesOf(id, settled, signal),
    true,
  );
  const year = useYear(id, today.asOf);
  const shown = settled === today.asOf ? today : (past.data ?? today);
  return (
    <>
      <Facts id={id} today={today} asOf={asOf} />
      <Timeline id={id} today={today.asOf} asOf={asOf} year={year} />
      <ProfilesOfDay id={id} answer={shown} asOf={settled} isRenewing={asOf !== shown.asOf} />
      <Transactions id={id} year={year} />
    </>
  );
}

function Facts({ id, today, asOf }: { id: string; today: Answer; asOf: string }) {
  const { dataFrom, dataTo, lastImportedAt } = today;
  const age = dataTo === null ? 0 : dayNumber(asOf) - dayNumber(dataTo);
  return (
    <>
      <div class="facts">
        <dl>
          <div>
            <dt>{t('ownerId')}</dt>
            <dd class="strong">
              <bdi>{id}</bdi>
            </dd>
          </div>
          <div>
            <dt>{t('dataOf')}</dt>
            <dd>{dataFrom && dataTo ? t('fromTo', { from: day(dataFrom), to: day(dataTo) }) : t('noData')}</dd>
          </div>
          {lastImportedAt && (
            <div>
              <dt>{t('lastImport')}</dt>
              <dd>{instant(lastImportedAt)}</dd>
            </div>
          )}
        </dl>
      </div>
      {age > OLD_DAYS && (
        <Notice tone="warn" title={t('oldData', { n: age })}>
          {t('oldDataSays')}
        </Notice>
      )}
    </>
  );
}
