/** Reads and writes the draft, and holds edits that started on another screen. */
import { api, fullAnswerOf } from '../../api/client.ts';
import type { Schemas } from '../../api/schema-types.ts';
import type { Amendment, PartName } from '../../model/amendment.ts';

/** A draft and its ETag. */
export type Draft = { readonly view: Schemas['Draft']; readonly tag: string };

const withTag = ({ data, response }: { data: Schemas['Draft']; response: Response }): Draft => ({
  view: data,
  tag: response.headers.get('ETag') ?? '',
});

export const readDraft = async (signal: AbortSignal): Promise<Draft> =>
  withTag(await fullAnswerOf(api.GET('/v1/catalogue/draft', { signal })));

/** Replaces the draft that has this ETag. */
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

/** The initial text of a part from another screen, once. */
export function takeBegun(part: PartName): string | undefined {
  const text = begun?.part === part ? begun.text : undefined;
  if (text !== undefined) begun = undefined;
  return text;
}
