/** The command line against the running service, with files as banks give them. */
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ownerProfiles } from '../../cli/command-line.ts';
import { about, call, known, ownerPath } from '../support/http.ts';
import { day, message } from '../support/messages.ts';
import { depthOf, drained, send } from '../support/queues.ts';
import type { Running } from '../support/service.ts';
import { until } from '../support/until.ts';

const REPLY = join(import.meta.dirname, '../../../../shared/data/kontobank/data-reply.xml');
const compact = (offset: number) => day(offset).replaceAll('-', '').slice(2);

const MT940 = [
  ':20:STARTUMS',
  ':25:DE89370400440532013000',
  ':28C:6/1',
  `:60F:C${compact(-41)}EUR100,00`,
  `:61:${compact(-30)}${compact(-30).slice(2)}DR49,99NDDTNONREF//REF-1`,
  ':86:105?00FOLGELASTSCHRIFT?20EREF+A-1?21SVWZ+Tierfutter?31DE02120300000000202051?32ZOOPLUS SE',
  `:62F:C${compact(-3)}EUR50,01`,
  '-',
  '',
].join('\r\n');

const camt053 = (amount: string) => `<?xml version="1.0" encoding="UTF-8"?>
<Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.04">
 <BkToCstmrStmt>
  <GrpHdr><MsgId>M1</MsgId><CreDtTm>${day(-2)}T08:00:00Z</CreDtTm></GrpHdr>
  <Stmt>
   <Id>S1</Id><CreDtTm>${day(-2)}T08:00:00Z</CreDtTm>
   <FrToDt><FrDtTm>${day(-50)}T00:00:00Z</FrDtTm><ToDtTm>${day(-4)}T23:59:59Z</ToDtTm></FrToDt>
   <Acct><Id><IBAN>DE89370400440532013000</IBAN></Id><Ccy>EUR</Ccy></Acct>
   <Ntry>
    <Amt Ccy="EUR">${amount}</Amt><CdtDbtInd>DBIT</CdtDbtInd><Sts>BOOK</Sts>
    <BookgDt><Dt>${day(-20)}</Dt></BookgDt><ValDt><Dt>${day(-20)}</Dt></ValDt>
    <NtryDtls><TxDtls><RltdPties><Cdtr><Nm>ZOOPLUS SE</Nm></Cdtr></RltdPties>
     <RmtInf><Ustrd>Karma dla psa</Ustrd></RmtInf></TxDtls></NtryDtls>
   </Ntry>
  </Stmt>
 </BkToCstmrStmt>
</Document>
`;

async function parkedOf(cli: (...args: string[]) => ReturnType<typeof ownerProfiles>) {
  return JSON.parse((await cli('failures', 'list', '--queue', 'parked', '--client', 'demo', '--json')).stdout).failures;
}

export function commandLine(service: () => Running): void {
  const folder = mkdtempSync(join(tmpdir(), 'owner-profiles-files-'));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  const file = (name: string, text: string) => {
    writeFileSync(join(folder, name), text);
    return join(folder, name);
  };
  // As beside `npm start`: the outputs in DATA_DIR name the service.
  const cli = (...args: string[]) => ownerProfiles(args, { env: { DATA_DIR: service().directory } });

  const recorded = existsSync(REPLY) ? test : test.skip;
  recorded(
    `a recorded Kontomatik reply goes in whole, and its owner earns a wage (skipped without shared/data)`,
    async () => {
      const owner = 'kontomatik-27452a6f-3efc-4e17-b07e-6f0dc6225b27';
      const imported = await cli('import', '--format', 'kontomatik-xml', REPLY);
      expect(imported).toMatchObject({ code: 0 });
      expect(imported.stdout + imported.stderr).toMatch(/72 transactions/);
      await known(service(), owner);
      const got = await cli('get', owner, '--as-of', '2023-05-24', '--json');
      expect(got).toMatchObject({ code: 0 });
      expect(JSON.parse(got.stdout)).toMatchObject({
        ownerExternalId: owner,
        profiles: expect.arrayContaining(['salaried']),
        asOf: '2023-05-24',
        dataFrom: '2022-11-26',
        dataTo: '2023-05-23',
      });
      const explained = await cli('explain', owner, '--profile', 'salaried', '--as-of', '2023-05-24');
      expect(explained).toMatchObject({ code: 0 });
      expect(explained.stdout).toMatch(/salaried/);
      for (const wage of ['2800.00 PLN', '2700.00 PLN', 'Wynagrodzenie za pracę', 'LIDL POLSKA', '2023-04-26']) {
        expect(explained.stdout).toContain(wage);
      }
      const raw = await cli('explain', owner, '--profile', 'salaried', '--as-of', '2023-05-24', '--json');
      const path = ownerPath('owner-profiles/explanation', owner, '&profile=salaried&asOf=2023-05-24');
      expect(JSON.parse(raw.stdout)).toEqual((await call(service(), path)).body);
    },
  );

  test('an MT940 and a camt.053 statement are imported with the days that they cover', async () => {
    expect(await cli('import', file('june.sta', MT940), '--owner', 'by MT940')).toMatchObject({ code: 0 });
    expect(await cli('import', file('june.xml', camt053('49.99')), '--owner', 'by camt')).toMatchObject({ code: 0 });
    expect((await known(service(), 'by MT940')).body).toMatchObject({ dataFrom: day(-30), dataTo: day(-3) });
    expect((await known(service(), 'by camt')).body).toMatchObject({ dataFrom: day(-20), dataTo: day(-4) });
    for (const owner of ['by MT940', 'by camt']) {
      const { stdout } = await cli('explain', owner, '--profile', 'pet-owner');
      expect(stdout).toContain('ZOOPLUS SE');
      expect(stdout).toContain('-49.99 EUR');
    }
  });

  test('a file with a fault is refused with its place, and nothing of all files is imported', async () => {
    const good = file('good.sta', MT940);
    const line = MT940.split('\r\n').findIndex((text) => text.startsWith(':61:')) + 1;
    const broken = file('broken.sta', MT940.replace('DR49,99', 'XX'));
    const mt940 = await cli('import', good, broken, '--owner', 'refused');
    expect(mt940.code).toBe(1);
    expect(mt940.stderr).toMatch(new RegExp(`broken\\.sta: line ${line}\\b.*:61:`));
    const xml = await cli('import', file('broken.xml', camt053('49,99')), good, '--owner', 'refused');
    expect(xml.code).toBe(1);
    expect(xml.stderr).toMatch(/broken\.xml: line 10 \(\S*Ntry(\[1\])?\/Amt\)/);
    const cut = await cli('import', file('cut.xml', camt053('49.99').split('</Ntry>')[0]!), '--owner', 'refused');
    expect(cut.code).toBe(1);
    expect(cut.stderr).toMatch(/cut\.xml: line \d+/);
    await drained(service());
    expect((await about(service(), 'owner-profiles', 'refused')).status).toBe(404);
    expect(await cli('get', 'refused')).toMatchObject({ code: 3 });
    expect(await depthOf(service(), service().outputs.ParkedQueueUrl)).toEqual({ visible: 0, hidden: 0 });
  });

  test('a dossier holds what the API returns about an owner', async () => {
    const owner = 'by MT940';
    const made = await cli('dossier', owner, '--out', join(folder, 'dossiers'), '--json');
    expect(made).toMatchObject({ code: 0 });
    const files = JSON.parse(made.stdout);
    const dossier = JSON.parse(readFileSync(files.json, 'utf8'));
    expect(dossier).toMatchObject((await about(service(), 'owner-profiles', owner)).body);
    expect(dossier.features).toEqual((await about(service(), 'owner-features', owner)).body.features);
    const transactions = await call(service(), `/v1/owner-transactions?ownerExternalId=${encodeURIComponent(owner)}`);
    expect(dossier.transactions).toEqual(transactions.body.transactions);
    expect(dossier.accounts).toEqual([expect.objectContaining({ account: '******************3000', transactions: 1 })]);
    expect(dossier.history.at(-1)).toMatchObject({ to: dossier.asOf, profiles: dossier.profiles });
    expect(
      dossier.explanations.find(({ profile }: { profile: string }) => profile === 'pet-owner').wouldChange,
    ).toMatch(/more transactions labelled pets .*would make it apply on/);
    expect(readFileSync(files.html, 'utf8')).toContain('ZOOPLUS SE');
    expect(await cli('dossier', 'nobody knows', '--out', join(folder, 'dossiers'))).toMatchObject({ code: 3 });
  });

  test('keys are made, limited, and revoked', async () => {
    const reading = await cli('keys', 'create', 'demo', '--scopes', 'read');
    expect(reading).toMatchObject({ code: 0 });
    const key = reading.stdout.trim();
    const one = ownerPath('owner-profiles', 'by camt');
    const elsewhere = (await cli('keys', 'create', 'demo', '--allow', '203.0.113.0/24')).stdout.trim();
    expect((await call(service(), one, { key })).status).toBe(200);
    const erased = await call(service(), ownerPath('owner', 'by camt'), { key, method: 'DELETE' });
    expect({ status: erased.status, code: erased.body?.code }).toEqual({ status: 403, code: 'FORBIDDEN' });
    const far = await call(service(), one, { key: elsewhere, headers: { 'X-Forwarded-For': '203.0.113.9' } });
    expect({ status: far.status, code: far.body?.code }).toEqual({ status: 403, code: 'FORBIDDEN' });
    expect((await call(service(), one)).status).toBe(200);
  });

  test('what is parked of an erased owner is removed, and what is parked of another stays', async () => {
    for (const owner of ['to-erase', 'to-keep']) await send(service(), message(owner, [], { source: 'NONE' }));
    await until('two parked', async () => (await parkedOf(cli)).length >= 2);
    const path = `/v1/owner?ownerExternalId=to-erase`;
    expect((await call(service(), path, { method: 'DELETE' })).status).toBe(204);
    expect(await cli('failures', 'purge', '--erased', '--yes')).toMatchObject({ code: 0, stdout: 'removed 1\n' });
    expect(await cli('failures', 'purge', '--erased', '--yes')).toMatchObject({ code: 0, stdout: 'removed 0\n' });
    const [left, ...others] = await parkedOf(cli);
    expect(others).toEqual([]);
    expect(await cli('failures', 'purge', left.id, '--yes')).toMatchObject({ code: 0, stdout: 'removed 1\n' });
  });

  test('a doctor finds the service well, and a wrong key not', async () => {
    const whole = await cli('doctor', '--json');
    const { examined } = JSON.parse(whole.stdout) as { examined: { what: string; verdict: string }[] };
    const verdicts = Object.fromEntries(examined.map(({ what, verdict }) => [what, verdict]));
    // Other tests check what they left behind, and the service may run on another day than this machine.
    const { 'refused imports': _, 'parked imports': __, clock: ___, ...others } = verdicts;
    expect(others).toEqual({
      API: 'well',
      key: 'well',
      'imports waiting': 'well',
      'dead letters': 'well',
      table: 'well',
      'limits of clients': 'unknown',
      'quota of Lambda': 'unknown',
      'quota of API Gateway': 'unknown',
    });
    const wrong = await cli('doctor', '--key', 'op_wrong');
    expect(wrong).toMatchObject({ code: 1, stdout: expect.stringContaining('INVALID_API_KEY') });
    expect(wrong.stderr).toContain('need attention');
  });
}
