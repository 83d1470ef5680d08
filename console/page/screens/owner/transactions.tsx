/** The booked transactions of a year, all, by label or by words, page by page. */
import { useState } from 'preact/hooks';
import { answerOf, api } from '../../api/client.ts';
import { hasWords, type Row, type Year } from '../../model/year.ts';
import { Awaited, Card, Empty, More } from '../../parts/basic.tsx';
import { Completion } from '../../parts/completion.tsx';
import { usePages } from '../../state/pages.ts';
import { place, show } from '../../state/place.ts';
import { type Query, useRested } from '../../state/query.ts';
import { t } from '../../texts/texts.ts';
import { Rows } from './rows.tsx';

const SHOWN = 50;
const REST_MS = 300;

export function Transactions({ id, year }: { id: string; year: Query<Year> }) {
  const { rows: kind = 'all', label = '', text = '' } = place.value;
  const settled = useRested(label.trim(), REST_MS);
  const words = useRested(text.trim(), REST_MS);
  const [seen, setSeen] = useState<readonly string[]>([]);
  const filter = kind === 'unlabelled' ? { unlabelled: 'true' as const } : settled && { label: settled };
  const choose = (next: string) => show({ rows: next === 'all' ? undefined : next, label: undefined }, true);
  const see = (rows: readonly Row[]) =>
    setSeen((before) =>
      [...new Set([...before, ...rows.flatMap(({ labels }) => labels.map((each) => each.label))])].sort(),
    );
  return (
    <Card title={t('transactions')} class="transactions">
      <div class="filters">
        <fieldset class="tabs">
          <legend class="hidden">{t('transactions')}</legend>
          {(['all', 'unlabelled'] as const).map((name) => (
            <button key={name} type="button" aria-pressed={kind === name} onClick={() => choose(name)}>
              {t(name)}
            </button>
          ))}
        </fieldset>
        {kind === 'all' && (
          <Completion
            value={label}
            onValue={(value) => show({ label: value }, true)}
            offers={(word) => seen.filter((name) => name.includes(word.toLowerCase()))}
            word={/.+$/}
            label={t('withLabel')}
            placeholder={t('withLabel')}
          />
        )}
        <input
          class="field words"
          type="search"
          dir="auto"
          value={text}
          aria-label={t('withWords')}
          placeholder={t('withWords')}
          onInput={({ currentTarget }) => show({ text: currentTarget.value }, true)}
        />
      </div>
      {words === '' ? (
        <List key={JSON.stringify(filter)} id={id} filter={filter || {}} onRows={see} />
      ) : (
        <Found key={`${JSON.stringify(filter)} ${words}`} year={year} filter={filter || {}} text={words} />
      )}
    </Card>
  );
}

type Filter = { readonly unlabelled?: 'true'; readonly label?: string };

function List({ id, filter, onRows }: { id: string; filter: Filter; onRows: (rows: readonly Row[]) => void }) {
  const pages = usePages<Row>(`${id} ${JSON.stringify(filter)}`, async (cursor, signal) => {
    const query = { ownerExternalId: id, limit: SHOWN, ...filter, ...(cursor && { cursor }) };
    const asked = api.GET('/v1/owner-transactions', { params: { query }, ...(signal && { signal }) });
    const { transactions, cursor: next } = await answerOf(asked);
    onRows(transactions);
    return { items: transactions, cursor: next };
  });
  return (
    <Awaited of={pages.items} rows={8}>
      {(rows) => (
        <>
          {rows.length === 0 && !pages.hasMore ? (
            <Empty title={t('noTransactions')}>{t('noTransactionsSays')}</Empty>
          ) : (
            <Rows rows={rows} />
          )}
          <div class="actions">
            <More of={pages} />
          </div>
        </>
      )}
    </Awaited>
  );
}

/** Searches what the page has loaded of the year: the API has no search by words. */
function Found({ year, filter, text }: { year: Query<Year>; filter: Filter; text: string }) {
  const [most, setMost] = useState(SHOWN);
  const isAsked = ({ labels }: Row) =>
    filter.unlabelled
      ? labels.length === 0
      : filter.label === undefined || labels.some(({ label }) => label === filter.label);
  return (
    <Awaited of={year} rows={8}>
      {({ rows, isWhole }) => {
        const found = rows.filter((row) => isAsked(row) && hasWords(row, text));
        return (
          <>
            <p class="muted small" role="status">
              {t('found', { n: found.length, of: rows.length })} {!isWhole && t('newestRows', { n: rows.length })}
            </p>
            {found.length > 0 && <Rows rows={found.slice(0, most)} />}
            {found.length > most && (
              <div class="actions">
                <button type="button" class="button" onClick={() => setMost(most + SHOWN)}>
                  {t('more')}
                </button>
              </div>
            )}
          </>
        );
      }}
    </Awaited>
  );
}
