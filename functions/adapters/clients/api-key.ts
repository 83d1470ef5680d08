/**
 * The text of keys: `op_`, or `ops_` for an operator's, and 32 random bytes in base 62, so that a double click selects it and a scanner
 * finds a leak.
 */
export type Randomness = (bytes: number) => Uint8Array;

const ALPHABET = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
const KEY_BYTES = 32;
const KEY_ID_BYTES = 9;
const FORM = /^op_[0-9A-Za-z]{22,64}$/;
const OPERATOR_FORM = /^ops_[0-9A-Za-z]{22,64}$/;

/** Whether a text can be the key of a client; one that can be no key at all is refused without asking the table. */
export function hasApiKeyForm(text: string): boolean {
  return FORM.test(text);
}

/** Whether a text can be the key of an operator. */
export function hasOperatorKeyForm(text: string): boolean {
  return OPERATOR_FORM.test(text);
}

export function newApiKey(random: Randomness): string {
  return `op_${base62(random(KEY_BYTES))}`;
}

export function newOperatorKey(random: Randomness): string {
  return `ops_${base62(random(KEY_BYTES))}`;
}

/** What a key is called in lists and logs. Says nothing about its text. */
export function newKeyId(random: Randomness): string {
  return `k${base62(random(KEY_ID_BYTES))}`;
}

/** All bytes as one number; always as long as the greatest such number needs. */
function base62(bytes: Uint8Array): string {
  const length = Math.ceil((bytes.length * 8) / Math.log2(ALPHABET.length));
  let rest = BigInt(`0x${Buffer.from(bytes).toString('hex')}`);
  let text = '';
  for (let digit = 0; digit < length; digit++) {
    text = ALPHABET[Number(rest % 62n)] + text;
    rest /= 62n;
  }
  return text;
}
