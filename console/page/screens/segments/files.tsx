/** The files of a snapshot by signed addresses, listed only on demand: the addresses do not hold for long. */
import { useState } from 'preact/hooks';
import { answerOf, api } from '../../api/client.ts';
import type { Schemas } from '../../api/schema-types.ts';
import type { Snapshot } from '../../model/snapshots.ts';
import { Awaited, Card, Empty, More } from '../../parts/basic.tsx';
import { usePages } from '../../state/pages.ts';
import { bytes, number, t } from '../../texts/texts.ts';

type File = Schemas['SnapshotFiles']['files'][number];
const SHOWN = 20;

export function SnapshotFiles({ snapshot }: { snapshot: Snapshot }) {
  const [isOpen, setOpen] = useState(false);
  return (
    <Card title={t('files')}>
      <p class="muted small says">{t('filesSays')}</p>
      {isOpen ? (
        <Files snapshotId={snapshot.snapshotId} />
      ) : (
        <button type="button" class="button" onClick={() => setOpen(true)}>
          {t('listFiles')}
        </button>
      )}
    </Card>
  );
}

function Files({ snapshotId }: { snapshotId: string }) {
  const pages = usePages<File>(`files ${snapshotId}`, async (cursor, signal) => {
    const params = { path: { snapshotId }, query: { limit: SHOWN, ...(cursor && { cursor }) } };
    const asked = api.GET('/v1/snapshots/{snapshotId}/files', { params, ...(signal && { signal }) });
    const { files, cursor: next } = await answerOf(asked);
    return { items: files, cursor: next };
  });
  return (
    <Awaited of={pages.items} rows={3}>
      {(files) => (
        <>
          {files.length === 0 ? (
            <Empty title={t('noFiles')} />
          ) : (
            <table>
              <thead>
                <tr>
                  <th scope="col">{t('file')}</th>
                  <th scope="col" class="number">
                    {t('owners')}
                  </th>
                  <th scope="col" class="number">
                    {t('size')}
                  </th>
                </tr>
              </thead>
              <tbody>
                {files.map(({ format, part, rows, bytes: length, url }) => (
                  <tr key={`${format} ${part}`}>
                    <td>
                      <a href={url} download rel="noreferrer">
                        {t('partOf', { format: format === 'csv' ? 'CSV' : 'Parquet', part: part + 1 })}
                      </a>
                    </td>
                    <td class="number">{number(rows)}</td>
                    <td class="number">{bytes(length)}</td>
                  </tr>
                ))}
              </tbody>
            </table>
          )}
          <div class="actions">
            <More of={pages} />
            <button type="button" class="button" onClick={pages.items.reload}>
              {t('renew')}
            </button>
          </div>
        </>
      )}
    </Awaited>
  );
}
