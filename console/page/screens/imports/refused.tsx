import { useState } from 'preact/hooks';
import { answerOf, api } from '../../api/client.ts';
import type { Schemas } from '../../api/schema-types.ts';
import { Awaited, Card, Empty, Text } from '../../parts/basic.tsx';
import { OwnerLink } from '../../shell/links.tsx';
import { useQuery } from '../../state/query.ts';
import { instant, t } from '../../texts/texts.ts';

type Import = Schemas['RefusedImports']['imports'][number];
const SHOWN = 20;

/** Imports of the last 14 days that were not taken, with the reason and what is wrong. */
export function Refused() {
  const [more, setMore] = useState<readonly Import[]>([]);
  const [cursor, setCursor] = useState<string | null>();
  const page = (from: string | null | undefined, signal?: AbortSignal) => {
    const query = { status: 'refused' as const, limit: SHOWN, ...(from && { cursor: from }) };
    return answerOf(api.GET('/v1/imports', { params: { query }, ...(signal && { signal }) }));
  };
  const first = useQuery('refused', (signal) => page(null, signal));
  const next = cursor === undefined ? first.data?.cursor : cursor;
  const showMore = async () => {
    const answer = await page(next);
    setMore([...more, ...answer.imports]);
    setCursor(answer.cursor);
  };
  const renew = () => {
    setMore([]);
    setCursor(undefined);
    first.reload();
  };
  const again = (
    <button type="button" class="link" onClick={renew}>
      {t('renew')}
    </button>
  );
  return (
    <Card title={t('refused')} aside={again}>
      <Awaited of={first} rows={3}>
        {({ imports }) =>
          imports.length + more.length === 0 ? (
            <Empty title={t('noneRefused')}>{t('noneRefusedSays')}</Empty>
          ) : (
            <List imports={[...imports, ...more]} />
          )
        }
      </Awaited>
      {next && (
        <div class="actions">
          <button type="button" class="button" onClick={() => void showMore()}>
            {t('more')}
          </button>
        </div>
      )}
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
