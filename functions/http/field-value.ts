/** A header's value without the white space around it: blanks and tabs, and nothing else (RFC 9110, section 5.6.3). */
export function fieldValue(text: string): string {
  return text.replace(/^[\t ]+|[\t ]+$/g, '');
}
