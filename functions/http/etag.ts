/** Entity tags: a version in quotes, and what `If-Match` and `If-None-Match` ask of it (RFC 9110, sections 8.8.3 and 13.1). */
import type { APIGatewayProxyEvent } from 'aws-lambda';
import { fieldValue } from './field-value.ts';
import { invalidParameter } from './query.ts';

/** One tag of a list and what parts it from the next; a list may have empty places. */
const TAG = /[\t ]*(?:(W\/)?"([\x21\x23-\x7e\x80-\xff]*)")?[\t ]*(?:,|$)/y;

export function etagOf(version: string): string {
  return `"${version}"`;
}

/**
 * The versions that the draft may have for the change to be made, or undefined when it may have any: without the header, and with `*`,
 * because there always is a draft. Weak tags are left out, as they match nothing: of these alone the list is empty.
 */
export function readIfMatch(event: APIGatewayProxyEvent): readonly string[] | undefined {
  const text = headerOf(event, 'if-match');
  if (text === undefined || text === '*') return undefined;
  const tags = tagsIn(text);
  if (!tags?.length) throw invalid();
  return tags.filter(({ isWeak }) => !isWeak).map(({ tag }) => tag);
}

/** Whether the asker has this version already. Weak tags match as well, and a header that cannot be read asks for nothing. */
export function isKnownTo(event: APIGatewayProxyEvent, version: string): boolean {
  const text = headerOf(event, 'if-none-match');
  return text === '*' || (text !== undefined && tagsIn(text)?.some(({ tag }) => tag === version) === true);
}

type Tag = { readonly tag: string; readonly isWeak: boolean };

/** Undefined when the text is no list of tags. */
function tagsIn(text: string): readonly Tag[] | undefined {
  const tags: Tag[] = [];
  for (let at = 0; at < text.length; at = TAG.lastIndex) {
    TAG.lastIndex = at;
    const found = TAG.exec(text);
    if (!found) return undefined;
    const [, weak, tag] = found;
    if (tag !== undefined) tags.push({ tag, isWeak: weak !== undefined });
  }
  return tags;
}

/** All lines of a header as one value, or undefined without it. */
export function headerOf({ headers, multiValueHeaders }: APIGatewayProxyEvent, name: string): string | undefined {
  const given = valuesOf(multiValueHeaders, name) ?? valuesOf(headers, name);
  return given && fieldValue(given.join(','));
}

type Headers = Readonly<Record<string, string | readonly string[] | undefined>>;

function valuesOf(headers: Headers | null | undefined, wanted: string): readonly string[] | undefined {
  const found = Object.entries(headers ?? {}).filter(([name]) => name.toLowerCase() === wanted);
  const values = found.flatMap(([, value]) => value ?? []);
  return values.length > 0 ? values : undefined;
}

function invalid() {
  return invalidParameter('If-Match', 'must be `*` or a list of tags in quotes, such as "3fb2c1d0a9e8"');
}
