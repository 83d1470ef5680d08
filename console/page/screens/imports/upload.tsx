/** Uploads a bank's file for an owner: what was read, what was left out, and the outcome. */
import { useEffect, useState } from 'preact/hooks';
import { ApiProblem, answerOf, api, problemOf } from '../../api/client.ts';
import type { Schemas } from '../../api/schema-types.ts';
import { MOST_UPLOAD_BYTES } from '../../model/limits.ts';
import { Card, Chip, Notice, Text, Trouble } from '../../parts/basic.tsx';
import { OwnerLink } from '../../shell/links.tsx';
import { useQuery } from '../../state/query.ts';
import { bytes, day, number, t } from '../../texts/texts.ts';

type Accepted = Schemas['StatementsAccepted'];
const HINTS = ['format', 'mapping', 'account', 'currency', 'encoding'] as const;
const [LOOK_EVERY_MS, MOST_LOOKS] = [1000, 60];

export function Upload() {
  const [taken, setTaken] = useState<{ owner: string; accepted: Accepted }>();
  const [problem, setProblem] = useState<ApiProblem>();
  const [isSending, setSending] = useState(false);

  const send = async (event: SubmitEvent) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget as HTMLFormElement);
    const text = (name: string) => String(form.get(name) ?? '').trim();
    const [owner, file] = [String(form.get('owner') ?? ''), form.get('file')];
    if (!(file instanceof File) || owner === '') return;
    setProblem(undefined);
    setTaken(undefined);
    if (file.size > MOST_UPLOAD_BYTES) {
      return setProblem(new ApiProblem({ title: t('tooLarge'), detail: t('tooLargeSays'), code: 'PAYLOAD_TOO_LARGE' }));
    }
    setSending(true);
    const hints = Object.fromEntries(HINTS.flatMap((name) => (text(name) === '' ? [] : [[name, text(name)]])));
    const query = { ownerExternalId: owner, ...hints, ...(form.has('wholeDays') && { wholeDays: 'true' as const }) };
    try {
      const accepted = await answerOf(
        api.POST('/v1/owner/statements', {
          params: { query },
          body: file,
          bodySerializer: (body: unknown) => body as File,
          headers: { 'Content-Type': 'application/octet-stream' },
        }),
      );
      // The other form of the answer has a URL, and is only sent on request.
      if ('report' in accepted) setTaken({ owner, accepted });
    } catch (failure) {
      setProblem(problemOf(failure));
    }
    setSending(false);
  };

  return (
    <Card title={t('upload')}>
      <form class="upload" onSubmit={send}>
        <label class="stack">
          <span>{t('ownerId')}</span>
          <input class="field" name="owner" required maxLength={256} dir="auto" autocomplete="off" spellcheck={false} />
        </label>
        <label class="stack">
          <span>{t('file')}</span>
          <input class="field" name="file" type="file" required />
        </label>
        <button type="submit" class="button primary" disabled={isSending}>
          {t(isSending ? 'sending' : 'send')}
        </button>
        <Hints />
      </form>
      {problem && <Trouble problem={problem} />}
      {taken && <Report key={taken.accepted.requestId} owner={taken.owner} accepted={taken.accepted} />}
    </Card>
  );
}

function Hints() {
  return (
    <details class="hints">
      <summary>{t('hints')}</summary>
      <p class="muted small">{t('hintsSays', { size: bytes(MOST_UPLOAD_BYTES) })}</p>
      <div>
        {HINTS.map((name) => (
          <label key={name} class="stack">
            <span>{t(`hint.${name}`)}</span>
            <input class="field" name={name} autocomplete="off" spellcheck={false} />
          </label>
        ))}
      </div>
      <label class="check">
        <input type="checkbox" name="wholeDays" />
        <span>{t('wholeDays')}</span>
      </label>
    </details>
  );
}

function Report({ owner, accepted }: { owner: string; accepted: Accepted }) {
  const { importIds, report } = accepted;
  return (
    <div class="stack report">
      <Notice
        tone={importIds.length > 0 ? 'good' : 'warn'}
        title={t(importIds.length > 0 ? 'read' : 'nothingTaken', { format: report.format })}
      >
        <OwnerLink id={owner} />
      </Notice>
      {report.accounts.length > 0 && (
        <table>
          <thead>
            <tr>
              <th scope="col">{t('account')}</th>
              <th scope="col">{t('days')}</th>
              <th scope="col" class="number">
                {t('transactions')}
              </th>
            </tr>
          </thead>
          <tbody>
            {report.accounts.map(({ account, currencyName, from, to, transactions }) => (
              <tr key={`${account} ${currencyName} ${from}`}>
                <td>
                  <Text>{account}</Text> {currencyName}
                </td>
                <td>{t('fromTo', { from: day(from), to: day(to) })}</td>
                <td class="number">{number(transactions)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      {report.warnings.length > 0 && (
        <Notice tone="warn" title={t('leftOut')}>
          <ul class="faults" lang="en">
            {report.warnings.map((warning) => (
              <li key={warning}>
                <Text>{warning}</Text>
              </li>
            ))}
          </ul>
        </Notice>
      )}
      {importIds.map((importId) => (
        <Status key={importId} owner={owner} importId={importId} />
      ))}
    </div>
  );
}

/** Polls until the import is joined or refused. */
function Status({ owner, importId }: { owner: string; importId: string }) {
  const [looks, setLooks] = useState(0);
  const params = { path: { importId }, query: { ownerExternalId: owner } };
  const query = useQuery(importId, (signal) => answerOf(api.GET('/v1/imports/{importId}', { params, signal })));
  const { reload } = query;
  const status = query.data?.status ?? 'unknown';
  useEffect(() => {
    if (status !== 'unknown' || looks >= MOST_LOOKS) return;
    const timer = setTimeout(() => {
      setLooks(looks + 1);
      reload();
    }, LOOK_EVERY_MS);
    return () => clearTimeout(timer);
  }, [status, looks, reload]);
  return (
    <p>
      <code>{importId}</code>{' '}
      <Chip tone={status === 'joined' ? 'good' : status === 'refused' ? 'bad' : ''}>{t(`import.${status}`)}</Chip>{' '}
      {query.data?.detail && <Text lang="en">{query.data.detail}</Text>}
    </p>
  );
}
