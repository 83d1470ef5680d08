/** The active catalogue, the draft, and the earlier versions. */
import { answerOf, api } from '../api/client.ts';
import { place, show } from '../state/place.ts';
import { useQuery } from '../state/query.ts';
import { type TextKey, t } from '../texts/texts.ts';
import { Definitions } from './catalogue/definitions.tsx';
import { DraftTab } from './catalogue/draft.tsx';
import { Versions } from './catalogue/versions.tsx';

const TABS: readonly (readonly [string, TextKey])[] = [
  ['definitions', 'definitions'],
  ['draft', 'draft'],
  ['versions', 'versions'],
];

export function CatalogueScreen() {
  const { tab = 'definitions' } = place.value;
  const catalogue = useQuery('catalogue', (signal) => answerOf(api.GET('/v1/catalogue', { signal })));
  return (
    <>
      <header class="screen">
        <h1 tabIndex={-1}>{t('catalogue')}</h1>
        <fieldset class="tabs">
          <legend class="hidden">{t('catalogue')}</legend>
          {TABS.map(([name, title]) => (
            <button key={name} type="button" aria-pressed={tab === name} onClick={() => show({ tab: name })}>
              {t(title)}
            </button>
          ))}
        </fieldset>
      </header>
      {tab === 'definitions' && <Definitions catalogue={catalogue} />}
      {tab === 'draft' && <DraftTab catalogue={catalogue} />}
      {tab === 'versions' && <Versions onPublished={catalogue.reload} />}
    </>
  );
}
