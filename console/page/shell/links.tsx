import { fragment } from '../state/place.ts';

export const BASE = '/console/';

/** Owner ids are any characters; they stand in the fragment, which reaches no server. */
export function OwnerLink({ id, profile }: { id: string; profile?: string }) {
  return (
    <a class="owner" href={`${BASE}owner${fragment({ id, profile })}`}>
      <bdi>{id}</bdi>
    </a>
  );
}
