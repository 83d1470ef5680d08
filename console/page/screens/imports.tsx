/** Incoming data and its failures: refused imports, upload of a bank's file, and webhooks with their deliveries. */
import { t } from '../texts/texts.ts';
import { Refused } from './imports/refused.tsx';
import { Upload } from './imports/upload.tsx';
import { Webhooks } from './imports/webhooks.tsx';

export function ImportsScreen() {
  return (
    <>
      <header class="screen">
        <h1 tabIndex={-1}>{t('imports')}</h1>
      </header>
      <Refused />
      <Upload />
      <Webhooks />
    </>
  );
}
