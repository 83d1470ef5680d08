import { Text } from '../../parts/basic.tsx';
import { day, money, t } from '../../texts/texts.ts';

type TransactionRow = {
  readonly bookedOn: string;
  readonly currencyAmount: string;
  readonly currencyName: string;
  readonly title: string;
  readonly party: string | null;
  readonly labels: readonly { readonly label: string; readonly reason: string }[];
};

/** As explanations give them: reasons by label. */
type ExplainedRow = Omit<TransactionRow, 'labels'> & {
  readonly labels: readonly string[];
  readonly reasons: Readonly<Record<string, string>>;
};

export const withReasons = ({ labels, reasons, ...row }: ExplainedRow): TransactionRow => ({
  ...row,
  labels: labels.map((label) => ({ label, reason: reasons[label] ?? '' })),
});

/** Transactions with their labels and the reason for each. Titles and parties come from strangers. */
export function Rows({ rows }: { rows: readonly TransactionRow[] }) {
  return (
    <table class="rows">
      <thead>
        <tr>
          <th scope="col">{t('booked')}</th>
          <th scope="col">{t('titleParty')}</th>
          <th scope="col">{t('labels')}</th>
          <th scope="col" class="number">
            {t('amount')}
          </th>
        </tr>
      </thead>
      <tbody>
        {rows.map((row, at) => (
          <tr key={at}>
            <td class="date">{day(row.bookedOn)}</td>
            <td class="what">
              <Text>{row.title || row.party || '–'}</Text>
              {row.party && row.title && row.party !== row.title && (
                <small class="muted">
                  <Text>{row.party}</Text>
                </small>
              )}
            </td>
            <td class="given">
              <ul class="chips" lang="en">
                {row.labels.map(({ label, reason }) => (
                  <li key={label} class="chip" title={reason}>
                    <bdi>{label}</bdi> <small class="reason">{reason}</small>
                  </li>
                ))}
              </ul>
            </td>
            <td class={`number ${row.currencyAmount.startsWith('-') ? '' : 'good'}`}>
              {money(row.currencyAmount, row.currencyName)}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
