/** The draft: its parts, the editor, the preview on all owners, and publishing. */
import { useState } from 'preact/hooks';
import { LISTS, type PartName, partOf, partOfProfile, pretty, profileOfPart } from '../../model/amendment.ts';
import { Awaited, Chip } from '../../parts/basic.tsx';
import { place, show } from '../../state/place.ts';
import { type Query, useQuery } from '../../state/query.ts';
import { t } from '../../texts/texts.ts';
import type { Catalogue } from './definitions.tsx';
import { type Draft, readDraft, startDraft, takeBegun } from './draft-state.ts';
import { Editor } from './editor.tsx';
import { Preview } from './preview.tsx';
import { Publish } from './publish.tsx';

export function DraftTab({ catalogue }: { catalogue: Query<Catalogue> }) {
  const [saved, setSaved] = useState<Draft>();
  const query = useQuery('draft', readDraft);
  const reload = () => {
    setSaved(undefined);
    query.reload();
  };
  return (
    <Awaited of={query} rows={12}>
      {(read) => (
        <Drafted
          draft={saved ?? read}
          catalogue={catalogue.data}
          onSaved={setSaved}
          onReload={reload}
          onPublished={() => {
            reload();
            catalogue.reload();
          }}
        />
      )}
    </Awaited>
  );
}

type Props = {
  readonly draft: Draft;
  readonly catalogue: Catalogue | undefined;
  readonly onSaved: (draft: Draft) => void;
  readonly onReload: () => void;
  readonly onPublished: () => void;
};

function Drafted({ draft, catalogue, onSaved, onReload, onPublished }: Props) {
  const { amendment } = draft.view;
  const { part: wanted } = place.value;
  const part = wanted ?? (amendment.profiles[0] ? partOfProfile(amendment.profiles[0].id) : 'labels');
  const stored = pretty(partOf(amendment, part));
  // An edit from another screen is taken once, and kept while this part is edited.
  const [begun, setBegun] = useState({ part, text: takeBegun(part) });
  if (begun.part !== part) setBegun({ part, text: takeBegun(part) });
  return (
    <div class="browse">
      <Parts draft={draft} part={part} catalogue={catalogue} />
      <div class="stack">
        <Editor
          key={part}
          draft={draft}
          part={part}
          initial={begun.part === part ? (begun.text ?? stored) : stored}
          onSaved={onSaved}
          onReload={onReload}
          onRemoved={() => show({ part: undefined })}
        />
        <Preview key={draft.view.version} draft={draft.view} onFinished={onReload} />
        <Publish draft={draft.view} onPublished={onPublished} />
      </div>
    </div>
  );
}

function Parts({ draft, part, catalogue }: { draft: Draft; part: PartName; catalogue: Catalogue | undefined }) {
  const { amendment, changes } = draft.view;
  const own = amendment.profiles.map(({ id }) => partOfProfile(id));
  const all = own.includes(part) || profileOfPart(part) === undefined ? own : [...own, part];
  const changeOf = (name: PartName) =>
    changes.find(({ path }) => path === name || (!name.includes('.') && path.startsWith(`${name}.`)))?.change;
  const titleOf = (id: string) =>
    amendment.profiles.find((each) => each.id === id)?.title ??
    catalogue?.profiles.find((each) => each.id === id)?.title ??
    id;
  const entry = (name: PartName, title: string, lang?: string) => {
    const change = changeOf(name);
    return (
      <li key={name}>
        <button type="button" aria-pressed={name === part} onClick={() => show({ part: name })}>
          <bdi lang={lang}>{title}</bdi>
          {change && <Chip tone="on">{t(`change.${change}`)}</Chip>}
        </button>
      </li>
    );
  };
  return (
    <div class="card list">
      <h2>{t('ownDefinitions')}</h2>
      <ul>
        {all.map((name) => entry(name, titleOf(profileOfPart(name) ?? name), 'en'))}
        {all.length === 0 && <li class="muted">{t('noOwnDefinitions')}</li>}
      </ul>
      <NewDefinition taken={catalogue?.profiles.map(({ id }) => id) ?? []} />
      <h2>{t('ownWords')}</h2>
      <ul>{LISTS.map((name) => entry(name, t(`list.${name}`)))}</ul>
    </div>
  );
}

const NEW = {
  title: 'Title',
  description: 'What it says of an owner',
  enter: { feature: 'pets.months', window: '180d', atLeast: 3 },
  needs: { history: '90d' },
};

function NewDefinition({ taken }: { taken: readonly string[] }) {
  const [id, setId] = useState('');
  const isGood = /^[a-z0-9]+(-[a-z0-9]+)*$/.test(id) && !taken.includes(id);
  const begin = (event: Event) => {
    event.preventDefault();
    if (!isGood) return;
    const part = partOfProfile(id);
    startDraft(part, pretty({ id, ...NEW }));
    setId('');
    show({ part });
  };
  return (
    <form class="new" onSubmit={begin}>
      <input
        class="field"
        value={id}
        placeholder="golf-player"
        aria-label={t('newId')}
        spellcheck={false}
        autocapitalize="none"
        aria-invalid={id !== '' && !isGood}
        onInput={({ currentTarget }) => setId(currentTarget.value)}
      />
      <button type="submit" class="button" disabled={!isGood}>
        {t('newOne')}
      </button>
    </form>
  );
}
