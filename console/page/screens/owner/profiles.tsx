/** Every profile on the selected day, and the reasons for one of them. */
import type { Schemas } from '../../api/schema-types.ts';
import { Card } from '../../parts/basic.tsx';
import { place, show } from '../../state/place.ts';
import { catalogue, titleOf } from '../../state/titles.ts';
import { t } from '../../texts/texts.ts';
import { Why } from './why.tsx';

type Answer = Schemas['OwnerProfiles'];

export function ProfilesOfDay(props: { id: string; answer: Answer; asOf: string; isRenewing: boolean }) {
  const { id, answer, asOf, isRenewing } = props;
  const { profile } = place.value;
  const judged = new Set([...answer.profiles, ...answer.notJudged]);
  const others = catalogue.value
    .filter(({ id: other, enabled }) => enabled && !judged.has(other))
    .map((each) => each.id);
  return (
    <Card title={t('onThisDay')} class={isRenewing ? 'stale' : ''}>
      <div class="why">
        <div class="choices">
          <Group title={t('applies')} tone="on" profiles={answer.profiles} />
          <Group title={t('notJudgedOne')} tone="warn" profiles={answer.notJudged} />
          <Group title={t('others')} tone="" profiles={others} />
        </div>
        {profile === undefined ? (
          <p class="muted choose">{t('chooseProfile')}</p>
        ) : (
          <Why key={profile} id={id} profile={profile} asOf={asOf} />
        )}
      </div>
    </Card>
  );
}

function Group({ title, tone, profiles }: { title: string; tone: string; profiles: readonly string[] }) {
  if (profiles.length === 0) return null;
  const sorted = profiles.toSorted((a, b) => titleOf(a).localeCompare(titleOf(b)));
  return (
    <div>
      <h3>{title}</h3>
      <div class="chips">
        {sorted.map((profile) => (
          <button
            key={profile}
            type="button"
            class={`chip ${tone}`}
            aria-pressed={place.value['profile'] === profile}
            onClick={() => show({ profile })}
          >
            <bdi lang="en">{titleOf(profile)}</bdi>
          </button>
        ))}
      </div>
    </div>
  );
}
