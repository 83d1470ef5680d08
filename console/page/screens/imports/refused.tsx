import { answerOf, api } from '../../api/client.ts';
import type { Schemas } from '../../api/schema-types.ts';
import { Awaited, Card, Empty, More, Text } from '../../parts/basic.tsx';
import { OwnerLink } from '../../shell/links.tsx';
import { usePages } from '../../state/pages.ts';
import { instant, t } from '../../texts/texts.ts';

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
  const again = (
    <button type="button" class="link" onClick={pages.items.reload}>
      {t('renew')}
    </button>
  );
  return (
    <Card title={t('refused')} aside={again}>
      <Awaited of={pages.items} rows={3}>
        {(imports) =>
          imports.length === 0 && !pages.hasMore ? (
            <Empty title={t('noneRefused')}>{t('noneRefusedSays')}</Empty>
          ) : (
            <>
              <List imports={imports} />
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

function List({ imports }: { imports: readonly Import[] }) {
  return (
    <table class="stacked">
      <thead>
        <tr>
          <th scope="col">{t('when')}</th>
          <th scope="col">{t('owner')}</th>
          <th scope="col">{t('importId')}</th>
          <th scope="col">{t('whatIsWrong')}</th>
        </tr>
      </thead>
      <tbody>
        {imports.map(({ importId, ownerExternalId, at, reason, detail }) => (
          <tr key={`${importId} ${at}`}>
            <td class="date">{instant(at)}</td>
            <td>{ownerExternalId === null ? <span class="muted">–</span> : <OwnerLink id={ownerExternalId} />}</td>
            <td>
              <code>
                <Text>{importId}</Text>
              </code>
            </td>
            <td lang="en">
              <strong class="small">{reason}</strong>
              <br />
              <Text>{detail}</Text>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
