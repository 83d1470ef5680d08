import { answerOf, api } from '../../api/client.ts';
import type { Schemas } from '../../api/schema-types.ts';
import { Awaited, Card, Empty, More } from '../../parts/basic.tsx';
import { Failed, Renew } from '../../parts/failed.tsx';
import { OwnerLink } from '../../shell/links.tsx';
import { usePages } from '../../state/pages.ts';
import { t } from '../../texts/texts.ts';

type Import = Schemas['RefusedImports']['imports'][number];
const SHOWN = 20;

/** Imports of the last 14 days that were refused, with the reason and the faults. */
export function Refused() {
  const pages = usePages<Import>('refused', async (cursor, signal) => {
    const query = { status: 'refused' as const, limit: SHOWN, ...(cursor && { cursor }) };
    const asked = api.GET('/v1/imports', { params: { query }, ...(signal && { signal }) });
    const { imports, cursor: next } = await answerOf(asked);
    return { items: imports, cursor: next };
  });
  return (
    <Card title={t('refused')} aside={<Renew act={pages.items.reload} />}>
      <Awaited of={pages.items} rows={3}>
        {(imports) =>
          imports.length === 0 && !pages.hasMore ? (
            <Empty title={t('noneRefused')}>{t('noneRefusedSays')}</Empty>
          ) : (
            <>
              <Failed whose="owner" rows={imports.map(rowOf)} />
              <div class="actions">
                <More of={pages} />
              </div>
            </>
          )
        }
      </Awaited>
    </Card>
  );
}

const rowOf = ({ ownerExternalId, ...refused }: Import) => ({
  ...refused,
  key: `${refused.importId} ${refused.at}`,
  whose: ownerExternalId === null ? undefined : <OwnerLink id={ownerExternalId} />,
});
