/** The draft as it is read and written, and what was begun elsewhere and goes on in it. */
import { api, fullAnswerOf } from '../../api/client.ts';
import type { Schemas } from '../../api/schema-types.ts';
import type { Amendment, PartName } from '../../model/amendment.ts';

/** A draft with the tag that it was read by. */
export type Draft = { readonly view: Schemas['Draft']; readonly tag: string };

const withTag = ({ data, response }: { data: Schemas['Draft']; response: Response }): Draft => ({
  view: data,
  tag: response.headers.get('ETag') ?? '',
});

export const readDraft = async (signal: AbortSignal): Promise<Draft> =>
  withTag(await fullAnswerOf(api.GET('/v1/catalogue/draft', { signal })));

/** Puts another draft in the place of the one with this tag. */
export async function writeDraft(amendment: Amendment, tag: string, signal?: AbortSignal): Promise<Draft> {
  const params = { header: { 'If-Match': tag } };
  return withTag(
    await fullAnswerOf(api.PUT('/v1/catalogue/draft', { params, body: amendment, ...(signal && { signal }) })),
  );
}

type Begun = { readonly part: PartName; readonly text: string };

let begun: Begun | undefined;

export function startDraft(part: PartName, text: string): void {
  begun = { part, text };
}

/** The text that a part was begun with, once. */
export function takeBegun(part: PartName): string | undefined {
  const text = begun?.part === part ? begun.text : undefined;
  if (text !== undefined) begun = undefined;
  return text;
}
