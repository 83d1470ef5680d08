/** Owners who would get or lose a profile, and one of them under both catalogues, side by side. */
import { useState } from 'preact/hooks';
import { answerOf, api } from '../../api/client.ts';
import { Awaited } from '../../parts/basic.tsx';
import { useQuery } from '../../state/query.ts';
import { titleOf } from '../../state/titles.ts';
import { t } from '../../texts/texts.ts';
import { Explained, type Explanation } from '../owner/why.tsx';

export type Choice = { readonly profile: string; readonly change: 'entered' | 'left' };

const SHOWN = 30;

export function OwnersOf({ previewId, choice }: { previewId: string; choice: Choice }) {
  const [owner, setOwner] = useState<string>();
  const query = useQuery(`${previewId} ${choice.profile} ${choice.change}`, (signal) =>
    answerOf(
      api.GET('/v1/catalogue/previews/{previewId}/owners', {
        params: { path: { previewId }, query: { ...choice, limit: SHOWN } },
        signal,
      }),
    ),
  );
  return (
    <section class="preview-owners">
      <h3>{t(choice.change === 'entered' ? 'wouldGet' : 'wouldLose', { profile: titleOf(choice.profile) })}</h3>
      <Awaited of={query} rows={2}>
        {({ owners, total }) => (
          <div class="chips">
            {owners.map((id) => (
              <button key={id} type="button" class="chip on" aria-pressed={id === owner} onClick={() => setOwner(id)}>
                <bdi>{id}</bdi>
              </button>
            ))}
            {total > owners.length && <span class="muted">{t('andMore', { n: total - owners.length })}</span>}
          </div>
        )}
      </Awaited>
      {owner !== undefined && <SideBySide key={owner} previewId={previewId} owner={owner} profile={choice.profile} />}
    </section>
  );
}

export function SideBySide({ previewId, owner, profile }: { previewId: string; owner: string; profile: string }) {
  const query = useQuery(`${previewId} ${owner}`, (signal) =>
    answerOf(
      api.GET('/v1/catalogue/previews/{previewId}/owners/{ownerExternalId}', {
        params: { path: { previewId, ownerExternalId: owner } },
        signal,
      }),
    ),
  );
  return (
    <Awaited of={query} rows={6}>
      {({ profiles }) => {
        const found = profiles.find((each) => each.profile === profile);
        return (
          <div class="side-by-side">
            <Side title={t('before')} explanation={found?.before} />
            <Side title={t('after')} explanation={found?.after} />
          </div>
        );
      }}
    </Awaited>
  );
}

function Side({ title, explanation }: { title: string; explanation: Explanation | null | undefined }) {
  return (
    <div>
      <h4>{title}</h4>
      {explanation ? <Explained explanation={explanation} /> : <p class="muted">{t('notInCatalogue')}</p>}
    </div>
  );
}
