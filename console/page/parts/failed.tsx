/** What failed, line by line: when, whose it is, which import, and what is wrong. */
import type { ComponentChildren } from 'preact';
import { instant, type TextKey, t } from '../texts/texts.ts';
import { Text } from './basic.tsx';

export type FailedRow = {
  readonly key: string;
  readonly at: string;
  /** Absent: that is not known. */
  readonly whose: ComponentChildren;
  readonly importId: string | null;
  readonly reason: string | null;
  readonly detail: string;
};

/** @param whose heading of the column that says whose it is */
export function Failed({ whose, rows }: { whose: TextKey; rows: readonly FailedRow[] }) {
  const heads: readonly TextKey[] = ['when', whose, 'importId', 'whatIsWrong'];
  return (
    <table class="stacked">
      <thead>
        <tr>
          {heads.map((head) => (
            <th key={head} scope="col">
              {t(head)}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr key={row.key}>
            <td class="date">{instant(row.at)}</td>
            <td>{row.whose ?? <span class="muted">–</span>}</td>
            <td>
              <code>
                <Text>{row.importId ?? '–'}</Text>
              </code>
            </td>
            <td lang="en">
              <strong class="small">{row.reason ?? '–'}</strong>
              <br />
              <Text>{row.detail}</Text>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

export const Renew = ({ act }: { act: () => void }) => (
  <button type="button" class="link" onClick={act}>
    {t('renew')}
  </button>
);
