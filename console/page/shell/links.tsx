import { fragment } from '../state/place.ts';

export const BASE = '/console/';

/** Owner ids may have any characters; they are in the fragment, which no server receives. */
export function OwnerLink({ id, profile }: { id: string; profile?: string }) {
  return (
    <a class="owner" href={`${BASE}owner${fragment({ id, profile })}`}>
      <bdi>{id}</bdi>
    </a>
  );
}
