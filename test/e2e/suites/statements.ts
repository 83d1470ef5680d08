/** Uploaded files of banks: one of each of three formats, joined for one owner. */
import { gzipSync } from 'node:zlib';
import { about, call, expectProblem, known, ownerPath } from '../support/http.ts';
import { day, iban } from '../support/messages.ts';
import { drained } from '../support/queues.ts';
import type { Running } from '../support/service.ts';
import { until } from '../support/until.ts';

const OWNER = 'statements żółw';
const short = (offset: number) => day(offset).slice(2).replaceAll('-', '');

/** Each covers the days from nine to three days ago, with one row of five days ago. */
const MT940 = [
  ':20:STATEMENT',
  `:25:${iban(91)}`,
  ':28C:1/1',
  `:60F:C${short(-10)}PLN100,00`,
  `:61:${short(-5)}${short(-5).slice(2)}D49,99NMSCNONREF`,
  ':86:ZOOPLUS SE',
  `:62F:C${short(-3)}PLN50,01`,
  '-',
].join('\r\n');

const CAMT = `<?xml version="1.0" encoding="UTF-8"?>
<Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.08"><BkToCstmrStmt><Stmt><Id>1</Id>
<Acct><Id><IBAN>${iban(92)}</IBAN></Id><Ccy>PLN</Ccy></Acct>
<Bal><Tp><CdOrPrtry><Cd>OPBD</Cd></CdOrPrtry></Tp><Amt Ccy="PLN">0.00</Amt><CdtDbtInd>CRDT</CdtDbtInd><Dt><Dt>${day(-10)}</Dt></Dt></Bal>
<Bal><Tp><CdOrPrtry><Cd>CLBD</Cd></CdOrPrtry></Tp><Amt Ccy="PLN">7.00</Amt><CdtDbtInd>CRDT</CdtDbtInd><Dt><Dt>${day(-3)}</Dt></Dt></Bal>
<Ntry><Amt Ccy="PLN">7.00</Amt><CdtDbtInd>CRDT</CdtDbtInd><Sts><Cd>BOOK</Cd></Sts><BookgDt><Dt>${day(-5)}</Dt></BookgDt>
<NtryDtls><TxDtls><RmtInf><Ustrd>zwrot</Ustrd></RmtInf></TxDtls></NtryDtls></Ntry></Stmt></BkToCstmrStmt></Document>`;

/** As a Polish bank writes it, in windows-1250. */
const CSV = Buffer.concat([
  Buffer.from(`Data;Kwota;Opis\r\n${day(-9)};-1,50;Chleb\r\n${day(-3)};-2,50;`),
  Buffer.from([0xaf, 0xf3, 0xb3, 0x77]),
  Buffer.from('\r\n'),
]);
const MAPPING = { columns: { bookedOn: 'Data', amount: 'Kwota', title: 'Opis' }, dates: 'YMD', decimal: ',' };

export function statements(service: () => Running): void {
  const post = (body: string | Uint8Array, query: Record<string, string> = {}, headers: Record<string, string> = {}) =>
    call(service(), `${ownerPath('owner/statements', OWNER)}&${new URLSearchParams(query)}`, {
      method: 'POST',
      headers,
      body,
    });
  const becameOf = async (importId: string) =>
    (await call(service(), `/v1/imports/${importId}?ownerExternalId=${encodeURIComponent(OWNER)}`)).body;
  const statusOf = async (importId: string) => (await becameOf(importId)).status;

  test('one of each of three formats is joined', async () => {
    const ofCsv = { mapping: JSON.stringify(MAPPING), account: iban(93), currency: 'PLN', wholeDays: 'true' };
    const answers = [
      await post(MT940, {}, { 'Content-Type': 'text/plain; charset=iso-8859-1' }),
      await post(gzipSync(CAMT), {}, { 'Content-Type': 'application/xml', 'Content-Encoding': 'gzip' }),
      await post(CSV, ofCsv, { 'Content-Type': 'application/vnd.ms-excel' }),
    ];
    const claimed = { currencyName: 'PLN', from: day(-9), to: day(-3) };
    expect(answers.map(({ status, body }) => ({ status, accounts: body.report?.accounts }))).toEqual(
      [91, 92, 93].map((number) => ({
        status: 202,
        accounts: [{ ...claimed, account: `••••00${number}`, transactions: number === 93 ? 2 : 1 }],
      })),
    );
    for (const { headers, body } of answers) expect(body.requestId).toBe(headers['x-request-id']);
    const ids = answers.flatMap(({ body }) => body.importIds as string[]);
    expect(new Set(ids).size).toBe(3);
    for (const id of ids) await until(`import ${id}`, async () => (await statusOf(id)) === 'joined');
    const { body } = await known(service(), OWNER);
    expect({ dataFrom: body.dataFrom, dataTo: body.dataTo }).toEqual({ dataFrom: day(-9), dataTo: day(-3) });
  });

  test('a file too large for a request is put by a signed URL; its outcome is reported under its id', async () => {
    const ask = async () => {
      const { status, headers, body } = await post('', { large: 'true' });
      expect({ status, location: headers['location'] }).toEqual({
        status: 200,
        location: `/v1/imports/${body.importId}?ownerExternalId=${encodeURIComponent(OWNER)}`,
      });
      return body as { importId: string; url: string };
    };
    const put = async (url: string, body: string) =>
      expect((await fetch(url, { method: 'PUT', body })).status).toBe(200);
    const [whole, faulty, late] = [await ask(), await ask(), await ask()];
    await put(whole.url, MT940.replace(iban(91), iban(94)));
    await put(faulty.url, MT940.replace('D49,99', 'D49,9x'));
    await until('the large file', async () => (await statusOf(whole.importId)) === 'joined');
    await until('the faulty file', async () => (await statusOf(faulty.importId)) === 'refused');
    expect((await becameOf(whole.importId)).report.accounts).toMatchObject([{ account: '••••0094', transactions: 1 }]);
    expect(await becameOf(faulty.importId)).toMatchObject({
      reason: 'INVALID_STATEMENTS',
      detail: expect.stringMatching(/^line 5: /),
    });
    const { imports } = (await call(service(), '/v1/imports?status=refused&limit=100')).body;
    expect(imports).toContainEqual(expect.objectContaining({ importId: faulty.importId, ownerExternalId: OWNER }));
    const erased = await call(service(), ownerPath('owner', OWNER), { method: 'DELETE' });
    expect(erased.status).toBe(204);
    await put(late.url, MT940);
    const object = late.url.replace(/\?.*/, '');
    await until('that it is removed unread', async () => (await fetch(object, { method: 'HEAD' })).status === 404);
    await drained(service());
    expect(await statusOf(late.importId)).toBe('unknown');
    expectProblem(await about(service(), 'owner-profiles', OWNER), 404, 'OWNER_NOT_FOUND');
  });

  test('a file with a fault is refused as a whole, with its line', async () => {
    const path = ownerPath('owner/statements', 'statements refused');
    const refused = await call(service(), path, { method: 'POST', body: MT940.replace('D49,99', 'D49,9x') });
    expectProblem(refused, 400, 'INVALID_PAYLOAD');
    expect(refused.body.errors[0].path).toBe('line 5');
    expectProblem(await call(service(), path, { method: 'POST' }), 400, 'INVALID_PAYLOAD');
    expectProblem(await call(service(), path, { method: 'POST', body: MT940, key: null }), 401, 'MISSING_API_KEY');
    await drained(service());
    expectProblem(await about(service(), 'owner-profiles', 'statements refused'), 404, 'OWNER_NOT_FOUND');
  });
}
