/** All published versions: who, when, why, the difference from the active one, and the way back. */
import { useState } from 'preact/hooks';
import { answerOf, api } from '../../api/client.ts';
import type { Schemas } from '../../api/schema-types.ts';
import { type Amendment, changesOf, type LISTS, profileOfPart } from '../../model/amendment.ts';
import { Awaited, Card, Chip, Empty, Text } from '../../parts/basic.tsx';
import { place, show } from '../../state/place.ts';
import { useQuery } from '../../state/query.ts';
import { instant, t } from '../../texts/texts.ts';
import { Published, PublishForm } from './publish.tsx';

type Versions = Schemas['Versions'];
type Publication = Schemas['Publication'];

export function Versions({ onPublished }: { onPublished: () => void }) {
  const query = useQuery('versions', (signal) => answerOf(api.GET('/v1/catalogue/versions', { signal })));
  const [publication, setPublication] = useState<Publication>();
  const published = (made: Publication) => {
    setPublication(made);
    query.reload();
    onPublished();
  };
  return (
    <>
      {publication && <Published key={publication.publicationId} publication={publication} />}
      <Awaited of={query} rows={6}>
        {({ versions }) => <List versions={versions} onPublished={published} />}
      </Awaited>
    </>
  );
}

type ListProps = { readonly versions: Versions['versions']; readonly onPublished: (made: Publication) => void };

function List({ versions, onPublished }: ListProps) {
  const active = versions.find((version) => version.active)?.version ?? 'built-in';
  const { version: wanted = versions.find((each) => !each.active)?.version } = place.value;
  if (versions.length <= 1) return <Empty title={t('noVersions')}>{t('noVersionsSays')}</Empty>;
  return (
    <div class="stack">
      <div class="card flush">
        <table>
          <thead>
            <tr>
              <th scope="col">{t('version')}</th>
              <th scope="col">{t('publishedWhen')}</th>
              <th scope="col">{t('note')}</th>
              <th scope="col" class="wide">
                {t('byKey')}
              </th>
            </tr>
          </thead>
          <tbody>
            {versions.map(({ version, publishedAt, keyId, note, active: isActive }) => (
              <tr key={version} class={version === wanted ? 'asked' : ''}>
                <th scope="row">
                  <button type="button" class="link" onClick={() => show({ version })}>
                    <code>{version}</code>
                  </button>{' '}
                  {isActive && <Chip tone="good">{t('holdsNow')}</Chip>}
                </th>
                <td>{publishedAt ? instant(publishedAt) : '–'}</td>
                <td>{note ? <Text>{note}</Text> : <span class="muted">–</span>}</td>
                <td class="wide muted">
                  <code>{keyId ?? '–'}</code>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {wanted !== undefined && wanted !== active && (
        <Compared key={wanted} version={wanted} active={active} onPublished={onPublished} />
      )}
    </div>
  );
}

type ComparedProps = {
  readonly version: string;
  readonly active: string;
  readonly onPublished: (made: Publication) => void;
};

function Compared({ version, active, onPublished }: ComparedProps) {
  const amendmentOf = async (name: string, signal: AbortSignal) =>
    (await answerOf(api.GET('/v1/catalogue/versions/{version}', { params: { path: { version: name } }, signal })))
      .amendment;
  const query = useQuery(`${active} ${version}`, (signal) =>
    Promise.all([amendmentOf(active, signal), amendmentOf(version, signal)]),
  );
  return (
    <Card title={t('ifItHeld', { version })}>
      <Awaited of={query} rows={6}>
        {([before, after]) => <Difference before={before} after={after} />}
      </Awaited>
      <PublishForm
        what={{ version }}
        label={t('rollBack')}
        hint={t('rollBackSays')}
        isReady={query.data !== undefined}
        onPublished={onPublished}
      />
    </Card>
  );
}

/** Part by part, line by line. */
function Difference({ before, after }: { before: Amendment; after: Amendment }) {
  const changes = changesOf(before, after);
  if (changes.length === 0) return <p class="muted">{t('noDifference')}</p>;
  return (
    <>
      {changes.map(({ part, lines }) => (
        <figure key={part} class="diff">
          <figcaption>{profileOfPart(part) ?? t(`list.${part as (typeof LISTS)[number]}`)}</figcaption>
          {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keys */}
          <pre tabIndex={0}>
            {lines.map(({ sign, text }, at) => (
              <span key={`${at} ${sign}`} class={sign === '+' ? 'added' : sign === '-' ? 'gone' : ''}>
                {`${sign} ${text}\n`}
              </span>
            ))}
          </pre>
        </figure>
      ))}
    </>
  );
}
