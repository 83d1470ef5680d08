import { createHash } from 'node:crypto';
import { type AmendmentDocument, canonicalText, NO_AMENDMENT } from '../../domain/catalogue/amendment.ts';
import { BUILT_IN } from '../../domain/catalogue/client-settings.ts';

const EMPTY = canonicalText(NO_AMENDMENT);

/** Names the content of an amendment: `built-in` when it changes nothing, else 12 hexadecimal digits. */
export function amendmentVersion(amendment: AmendmentDocument): string {
  const text = canonicalText(amendment);
  return text === EMPTY ? BUILT_IN : createHash('sha256').update(text).digest('hex').slice(0, 12);
}
