/** How two or three profiles overlap. */
import { answerOf, api } from '../../api/client.ts';
import { regions, type Snapshot, sharedBy } from '../../model/snapshots.ts';
import { Awaited, Card } from '../../parts/basic.tsx';
import { Overlap } from '../../parts/charts.tsx';
import { show } from '../../state/place.ts';
import { useQuery } from '../../state/query.ts';
import { titleOf } from '../../state/titles.ts';
import { t } from '../../texts/texts.ts';
import { chosenProfiles } from './table.tsx';

export function SegmentOverlap({ snapshot }: { snapshot: Snapshot }) {
  const names = chosenProfiles();
  const isEnough = names.length === 2 || names.length === 3;
  const clear = names.length > 0 && (
    <button type="button" class="link" onClick={() => show({ profiles: undefined }, true)}>
      {t('clear')}
    </button>
  );
  return (
    <Card title={t('overlap')} aside={clear} class={names.length === 0 ? 'idle' : ''}>
      {isEnough ? <Circles snapshot={snapshot} names={names} /> : <p class="muted">{t('overlapSays')}</p>}
    </Card>
  );
}

function Circles({ snapshot, names }: { snapshot: Snapshot; names: readonly string[] }) {
  const { snapshotId } = snapshot;
  const counted = sharedBy(names);
  const query = useQuery(`${snapshotId} ${names}`, async (signal) => {
    const totals = await Promise.all(
      counted.map(async (where) => {
        const params = { path: { snapshotId }, query: { where } };
        const { total } = await answerOf(api.GET('/v1/snapshots/{snapshotId}/counts', { params, signal }));
        return [where, total] as const;
      }),
    );
    return Object.fromEntries([...totals, ...snapshot.profiles.map(({ profile, members }) => [profile, members])]);
  });
  return (
    <>
      <Awaited of={query} rows={5}>
        {(totals) => <Overlap names={names} spots={spotsOf(totals, names)} />}
      </Awaited>
      <ul class="key">
        {names.map((name, at) => (
          <li key={name} class={`c${at + 1}`}>
            <bdi lang="en">{titleOf(name)}</bdi>
          </li>
        ))}
      </ul>
      <div class="actions">
        <button type="button" class="button" onClick={() => show({ where: names.join(' & ') })}>
          {t('allOfThem')}
        </button>
        <button type="button" class="button" onClick={() => show({ where: names.join(' | ') })}>
          {t('anyOfThem')}
        </button>
      </div>
    </>
  );
}

function spotsOf(totals: Readonly<Record<string, number>>, names: readonly string[]) {
  const found = regions(totals, names);
  if (found.abc === undefined) {
    return [
      { x: 86, y: 79, value: found.a },
      { x: 150, y: 79, value: found.ab },
      { x: 214, y: 79, value: found.b },
    ];
  }
  return [
    { x: 90, y: 68, value: found.a },
    { x: 210, y: 68, value: found.b },
    { x: 150, y: 176, value: found.c },
    { x: 150, y: 54, value: found.ab },
    { x: 110, y: 121, value: found.ac },
    { x: 190, y: 121, value: found.bc },
    { x: 150, y: 97, value: found.abc },
  ];
}
