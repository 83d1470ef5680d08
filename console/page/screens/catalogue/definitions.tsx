/** Every active definition, as sentences; a condition shows the distribution of its number. */
import { useState } from 'preact/hooks';
import type { Schemas } from '../../api/schema-types.ts';
import { partOfProfile, pretty } from '../../model/amendment.ts';
import { spotsOf, withValue } from '../../model/json-text.ts';
import { Awaited, Card, Chip, Empty } from '../../parts/basic.tsx';
import { place, show } from '../../state/place.ts';
import type { Query } from '../../state/query.ts';
import { t } from '../../texts/texts.ts';
import { startDraft } from './draft-state.ts';
import { type ChosenCondition, Sentences } from './sentences.tsx';
import { Spread } from './spread.tsx';

export type Catalogue = Schemas['ClientCatalogue'];
type Profile = Catalogue['profiles'][number];

export function Definitions({ catalogue }: { catalogue: Query<Catalogue> }) {
  return (
    <Awaited of={catalogue} rows={12}>
      {({ profiles }) => <Browse profiles={profiles} />}
    </Awaited>
  );
}

function Browse({ profiles }: { profiles: readonly Profile[] }) {
  const [words, setWords] = useState('');
  const { profile: wanted } = place.value;
  const fits = ({ id, title, description }: Profile) =>
    `${id} ${title} ${description}`.toLowerCase().includes(words.trim().toLowerCase());
  const found = profiles.filter(fits).toSorted((a, b) => a.title.localeCompare(b.title));
  const chosen = profiles.find(({ id }) => id === wanted) ?? found[0];
  return (
    <div class="browse">
      <div class="card list">
        <input
          class="field"
          type="search"
          value={words}
          placeholder={t('search')}
          aria-label={t('search')}
          onInput={({ currentTarget }) => setWords(currentTarget.value)}
          data-main
        />
        <ul>
          {found.map(({ id, title, origin, sensitive, enabled }) => (
            <li key={id}>
              <button
                type="button"
                class={enabled ? '' : 'muted'}
                aria-pressed={id === chosen?.id}
                onClick={() => show({ profile: id })}
              >
                <bdi lang="en">{title}</bdi>
                {origin !== 'built-in' && <Chip tone="on">{t(`origin.${origin}`)}</Chip>}
                {sensitive && <Chip tone="warn">{t('sensitive')}</Chip>}
              </button>
            </li>
          ))}
        </ul>
      </div>
      {chosen ? <Shown key={chosen.id} profile={chosen} /> : <Empty title={t('nothingFound')} />}
    </div>
  );
}

function Shown({ profile }: { profile: Profile }) {
  const { id, definition, origin, sensitive, enabled } = profile;
  const [condition, setCondition] = useState<ChosenCondition>();
  const edit = (text: string) => {
    startDraft(partOfProfile(id), text);
    show({ tab: 'draft', part: partOfProfile(id) });
  };
  const use = (threshold: unknown) => {
    const text = pretty(definition);
    const spot = condition && spotsOf(text).get(`${condition.path}.${condition.operator}`);
    if (spot) edit(withValue(text, spot, threshold));
  };
  return (
    <div class="stack">
      <Card>
        <div class="title-line">
          <h2>
            <bdi lang="en">{definition.title}</bdi>
          </h2>
          <code class="muted">{id}</code>
          <Chip tone={origin === 'built-in' ? '' : 'on'}>{t(`origin.${origin}`)}</Chip>
          {sensitive && <Chip tone="warn">{t('sensitive')}</Chip>}
          {!enabled && <Chip>{t('notEnabled')}</Chip>}
          <button type="button" class="button end" onClick={() => edit(pretty(definition))}>
            {t('changeIt')}
          </button>
        </div>
        <Sentences definition={definition} chosen={condition?.path} onChoose={setCondition} />
      </Card>
      {condition && <Spread key={condition.path} condition={condition} onUse={use} />}
    </div>
  );
}
