/** Entity tags of a draft: its version in quotes, and what `If-Match` asks of it (RFC 9110, sections 8.8.3 and 13.1.1). */
import type { APIGatewayProxyEvent } from 'aws-lambda';
import { invalidParameter } from './query.ts';

/** One tag of a list and what parts it from the next; a list may have empty places. */
const TAG = /[\t ]*(?:(W\/)?"([\x21\x23-\x7e\x80-\xff]*)")?[\t ]*(?:,|$)/y;

export function etagOf(version: string): string {
  return `"${version}"`;
}

/**
 * The versions that the draft may have for the change to be made, or undefined when it may have any: without the header, and with
 * `*`, for there always is a draft. Weak tags are left out, as they match nothing: of these alone the list is empty.
 */
export function readIfMatch({ headers, multiValueHeaders }: APIGatewayProxyEvent): readonly string[] | undefined {
  const given = valuesOf(multiValueHeaders) ?? valuesOf(headers);
  if (!given) return undefined;
  const text = given.join(',').trim();
  if (text === '*') return undefined;
  const tags: string[] = [];
  let any = false;
  for (let at = 0; at < text.length; at = TAG.lastIndex) {
    TAG.lastIndex = at;
    const found = TAG.exec(text);
    if (!found) throw invalid();
    const [, weak, tag] = found;
    any ||= tag !== undefined;
    if (tag !== undefined && !weak) tags.push(tag);
  }
  if (!any) throw invalid();
  return tags;
}

type Headers = Readonly<Record<string, string | readonly string[] | undefined>>;

function valuesOf(headers: Headers | null | undefined): readonly string[] | undefined {
  const found = Object.entries(headers ?? {}).filter(([name]) => name.toLowerCase() === 'if-match');
  const values = found.flatMap(([, value]) => value ?? []);
  return values.length > 0 ? values : undefined;
}

function invalid() {
  return invalidParameter('If-Match', 'must be `*` or a list of tags in quotes, such as "3fb2c1d0a9e8"');
}
