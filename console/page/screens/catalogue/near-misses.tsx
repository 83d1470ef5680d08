/** Owners closest to a threshold of a definition of the draft, on either side, and one of them under both catalogues. */
import { useState } from 'preact/hooks';
import { answerOf, api } from '../../api/client.ts';
import type { Schemas } from '../../api/schema-types.ts';
import { Awaited } from '../../parts/basic.tsx';
import { useQuery } from '../../state/query.ts';
import { titleOf } from '../../state/titles.ts';
import { measureText, thresholdText, valueText } from '../../texts/sentences.ts';
import { percent, t } from '../../texts/texts.ts';
import { SideBySide } from './preview-owners.tsx';

type Miss = Schemas['NearMisses']['inside'][number];

export function NearMisses({ previewId, profiles }: { previewId: string; profiles: readonly string[] }) {
  const [chosen, setChosen] = useState<string>();
  const [owner, setOwner] = useState<string>();
  if (profiles.length === 0) return null;
  const choose = (profile: string) => {
    setChosen(profile);
    setOwner(undefined);
  };
  return (
    <section class="preview-owners">
      <h3>{t('nearMisses')}</h3>
      <p class="muted small">{t('nearMissesSays')}</p>
      <div class="chips">
        {profiles.map((profile) => (
          <button
            key={profile}
            type="button"
            class="chip on"
            aria-pressed={profile === chosen}
            onClick={() => choose(profile)}
          >
            <bdi lang="en">{titleOf(profile)}</bdi>
          </button>
        ))}
      </div>
      {chosen !== undefined && (
        <BothSides key={chosen} previewId={previewId} profile={chosen} owner={owner} onOwner={setOwner} />
      )}
      {chosen !== undefined && owner !== undefined && (
        <SideBySide key={owner} previewId={previewId} owner={owner} profile={chosen} />
      )}
    </section>
  );
}

type Choosing = { readonly owner: string | undefined; readonly onOwner: (owner: string) => void };

function BothSides(props: Choosing & { previewId: string; profile: string }) {
  const { previewId, profile, ...choosing } = props;
  const params = { path: { previewId }, query: { profile } };
  const query = useQuery(`${previewId} ${profile}`, (signal) =>
    answerOf(api.GET('/v1/catalogue/previews/{previewId}/near-misses', { params, signal })),
  );
  return (
    <Awaited of={query} rows={4}>
      {({ inside, outside }) => (
        <div class="side-by-side">
          <Misses title={t('justInside')} misses={inside} {...choosing} />
          <Misses title={t('justOutside')} misses={outside} {...choosing} />
        </div>
      )}
    </Awaited>
  );
}

function Misses({ title, misses, owner, onOwner }: Choosing & { title: string; misses: readonly Miss[] }) {
  return (
    <div>
      <h4>{title}</h4>
      {misses.length === 0 && <p class="muted">{t('nobody')}</p>}
      <ul class="misses">
        {misses.map((miss) => (
          <li key={miss.ownerExternalId}>
            <button
              type="button"
              class="chip on"
              aria-pressed={miss.ownerExternalId === owner}
              onClick={() => onOwner(miss.ownerExternalId)}
            >
              <bdi>{miss.ownerExternalId}</bdi>
            </button>{' '}
            <span class="muted small" title={t('distance')}>
              {percent(miss.distance)}
            </span>
            <div class="measured">
              <span>{measureText(miss)}</span>
              <span class="values">
                <strong>{valueText(miss.value)}</strong>{' '}
                <span class="muted">{thresholdText(miss.operator, miss.threshold)}</span>
              </span>
            </div>
          </li>
        ))}
      </ul>
    </div>
  );
}
