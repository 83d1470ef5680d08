/** Merchants without a label that most owners pay: each may become a rule of the draft. */
import { answerOf, api } from '../../api/client.ts';
import { ruleFor } from '../../model/amendment.ts';
import { Awaited, Card, Empty, Text } from '../../parts/basic.tsx';
import { useQuery } from '../../state/query.ts';
import { valueText } from '../../texts/sentences.ts';
import { number, t } from '../../texts/texts.ts';

const SHOWN = 25;
/** Snapshots to search for one that keeps merchants. */
const LOOKED_AT = 50;

export function Unlabelled({ onRule }: { onRule: (rule: unknown) => void }) {
  const query = useQuery('unlabelled', async (signal) => {
    const list = await answerOf(api.GET('/v1/snapshots', { params: { query: { limit: LOOKED_AT } }, signal }));
    const snapshot = list.snapshots.find(({ status, unlabelled }) => status === 'finished' && unlabelled);
    if (!snapshot) return null;
    const params = { path: { snapshotId: snapshot.snapshotId }, query: { limit: SHOWN } };
    return answerOf(api.GET('/v1/snapshots/{snapshotId}/unlabelled', { params, signal }));
  });
  return (
    <Card title={t('merchants')}>
      <Awaited of={query} rows={5}>
        {(found) =>
          !found || found.merchants.length === 0 ? (
            <Empty title={t(found ? 'noMerchants' : 'merchantsNotKept')}>
              {t(found ? 'noMerchantsSays' : 'merchantsNotKeptSays')}
            </Empty>
          ) : (
            <table class="stacked">
              <thead>
                <tr>
                  <th scope="col">{t('merchant')}</th>
                  <th scope="col" class="number">
                    {t('owners')}
                  </th>
                  <th scope="col" class="number">
                    {t('total')}
                  </th>
                  <th scope="col">
                    <span class="hidden">{t('makeRule')}</span>
                  </th>
                </tr>
              </thead>
              <tbody>
                {found.merchants.map(({ text, owners, total }) => (
                  <tr key={text}>
                    <td>
                      <Text>{text}</Text>
                    </td>
                    <td class="number">{number(owners)}</td>
                    <td class="number">{valueText(total)}</td>
                    <td class="number">
                      <button type="button" class="link" onClick={() => onRule(ruleFor(text))}>
                        {t('makeRule')}
                      </button>
                    </td>
                  </tr>
                ))}
              </tbody>
            </table>
          )
        }
      </Awaited>
    </Card>
  );
}
