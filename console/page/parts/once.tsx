/** What is shown this one time: a secret, to be copied and kept elsewhere. */
import { useState } from 'preact/hooks';
import { t } from '../texts/texts.ts';
import { Notice } from './basic.tsx';

export function Once({ title, secret, onSeen }: { title: string; secret: string; onSeen: () => void }) {
  const [isCopied, setCopied] = useState(false);
  const copy = () =>
    void navigator.clipboard.writeText(secret).then(
      () => setCopied(true),
      () => {},
    );
  return (
    <Notice tone="good" title={title} remedy={{ text: t('kept'), act: onSeen }}>
      <code>{secret}</code>{' '}
      <button type="button" class="link" onClick={copy}>
        {t(isCopied ? 'copied' : 'copy')}
      </button>
    </Notice>
  );
}
