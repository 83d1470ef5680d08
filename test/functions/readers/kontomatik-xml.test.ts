import { describe, expect, test } from '@jest/globals';
import { ReaderError } from '../../../functions/readers/reader-error.ts';
import { accountsIn, fileOf } from './reading.ts';

const REPLY = `<?xml version="1.0" encoding="utf-8"?>
<reply status="200 OK" ownerExternalId="loan-1" responseTimestamp="2026-11-21T22:30:00+01:00">
  <owner externalId="loan-1">
    <target name="KontoBank">
      <accounts>
        <account>
          <iban>PL69 1370 1314 0000 0496 7827 8112</iban>
          <currencyName>PLN</currencyName>
          <moneyTransactions>
            <moneyTransaction>
              <transactionOn>2026-11-18</transactionOn>
              <bookedOn>2026-11-19</bookedOn>
              <currencyAmount>-0010.50</currencyAmount>
              <title>Zoo &amp; Co &#8211; karma</title>
              <party>ZOOPLUS SE
                Sonnenstr. 15
              </party>
              <partyIban>DE89370400440532013000</partyIban>
              <kind>TRANSAKCJA KARTĄ</kind>
              <status>DONE</status>
              <labels><label>pets</label><label>  </label></labels>
            </moneyTransaction>
            <moneyTransaction>
              <bookedOn>2026-11-17</bookedOn>
              <currencyAmount>350.00</currencyAmount>
              <title/>
              <partyIban>not an IBAN</partyIban>
              <status>SCHEDULED</status>
            </moneyTransaction>
          </moneyTransactions>
        </account>
        <account>
          <number>12 34</number>
          <currencyName>EUR</currencyName>
        </account>
      </accounts>
      <creditCards><creditCard/></creditCards>
    </target>
  </owner>
</reply>`;

describe('a reply of Kontomatik', () => {
  test('gives accounts, owner and time', () => {
    const { source, ownerExternalId, importedAt, warnings } = fileOf('kontomatik-xml', REPLY);
    expect({ source, ownerExternalId, importedAt, accounts: accountsIn('kontomatik-xml', REPLY) }).toEqual({
      source: 'AIS',
      ownerExternalId: 'loan-1',
      importedAt: '2026-11-21T22:30:00+01:00',
      accounts: [
        {
          iban: 'PL69137013140000049678278112',
          currencyName: 'PLN',
          covers: { from: '2026-11-17', to: '2026-11-21' },
          transactions: [
            { bookedOn: '2026-11-17', currencyAmount: '350.00', title: '', status: 'PENDING' },
            {
              bookedOn: '2026-11-19',
              transactionOn: '2026-11-18',
              currencyAmount: '-0010.50',
              title: 'Zoo & Co – karma',
              party: 'ZOOPLUS SE Sonnenstr. 15',
              partyIban: 'DE89370400440532013000',
              kind: 'TRANSAKCJA KARTĄ',
              status: 'DONE',
            },
          ],
        },
        { accountId: '12 34', currencyName: 'EUR', transactions: [] },
      ],
    });
    expect(warnings).toEqual([
      '1 credit card(s) were left out: only accounts are read',
      'line 23: status "SCHEDULED" is read as PENDING',
    ]);
  });

  test("keeps the vendor's labels when asked to", () => {
    const [account] = accountsIn('kontomatik-xml', REPLY, { keepLabels: true });
    expect(account?.transactions.map(({ labels }) => labels)).toEqual([undefined, ['pets']]);
  });

  test.each([
    [
      'currencyAmount>-0010.50',
      'currencyAmount>-10,50',
      13,
      'moneyTransaction[1]/currencyAmount',
      'is not a decimal number',
    ],
    [
      '<bookedOn>2026-11-19',
      '<bookedOn>2026-02-30',
      12,
      'moneyTransaction[1]/bookedOn',
      'is not a day of the calendar',
    ],
    ['<bookedOn>2026-11-17</bookedOn>', '', 23, 'moneyTransaction[2]', 'has no bookedOn'],
    ['<currencyName>PLN', '<currencyName>zł', 8, 'account[1]/currencyName', 'is not a currency code'],
    ['<owner externalId="loan-1">', '<x>', 39, undefined, 'is not well-formed XML'],
    ['responseTimestamp="2026', 'responseTimestamp="x', 2, 'reply', 'not an instant'],
  ])('is refused where %s reads %s', (right, wrong, line, element, reason) => {
    const error = failure(() => fileOf('kontomatik-xml', REPLY.replace(right, wrong)));
    expect(error.reason).toContain(reason);
    expect(error.line).toBe(line);
    if (element) expect(error.element).toMatch(new RegExp(`${element.replace(/[[\]]/g, '\\$&')}$`));
  });

  test('other XML is refused', () => {
    expect(failure(() => fileOf('kontomatik-xml', '<html/>')).message).toBe(
      'line 1 (html): is not a <reply>, as Kontomatik sends',
    );
  });
});

function failure(action: () => unknown): ReaderError {
  try {
    action();
  } catch (error) {
    if (error instanceof ReaderError) return error;
    throw error;
  }
  throw new Error('nothing was refused');
}
