/** Every profile of a snapshot with its size, its share, how many are not judged, and its change. */
import { useMemo } from 'preact/hooks';
import { answerOf, api } from '../../api/client.ts';
import { type Snapshot, trends } from '../../model/snapshots.ts';
import { Bar, Sparkline } from '../../parts/charts.tsx';
import { place, show } from '../../state/place.ts';
import { useQuery } from '../../state/query.ts';
import { titleOf } from '../../state/titles.ts';
import { number, percent, t } from '../../texts/texts.ts';

type Change = { readonly entered: number; readonly left: number };
const MOST_CHOSEN = 3;

export const chosenProfiles = (): readonly string[] => place.value['profiles']?.split(',').filter(Boolean) ?? [];

export function SegmentTable(props: {
  snapshot: Snapshot;
  snapshots: readonly Snapshot[];
  before: Snapshot | undefined;
}) {
  const { snapshot, snapshots, before } = props;
  const changes = useChanges(snapshot, before);
  const lines = useMemo(() => trends(snapshots), [snapshots]);
  const rows = snapshot.profiles.toSorted(
    (a, b) => b.members - a.members || titleOf(a.profile).localeCompare(titleOf(b.profile)),
  );
  const largest = Math.max(1, ...rows.map(({ members }) => members));
  return (
    <div class="card flush">
      <table class="profiles">
        <caption class="hidden">{t('segments')}</caption>
        <thead>
          <tr>
            <th scope="col" class="pick">
              <span class="hidden">{t('overlap')}</span>
            </th>
            <th scope="col">{t('profile')}</th>
            <th scope="col" class="size">
              {t('owners')}
            </th>
            <th scope="col" class="number">
              {t('share')}
            </th>
            <th scope="col" class="number">
              {t('change')}
            </th>
            <th scope="col" class="number wide">
              {t('notJudged')}
            </th>
            <th scope="col" class="wide">
              {t('trend')}
            </th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <Row
              key={row.profile}
              {...row}
              owners={snapshot.owners}
              largest={largest}
              change={changes?.get(row.profile)}
              trend={lines.get(row.profile) ?? []}
            />
          ))}
        </tbody>
      </table>
    </div>
  );
}

function useChanges(snapshot: Snapshot, before: Snapshot | undefined): ReadonlyMap<string, Change> | undefined {
  const { snapshotId } = snapshot;
  const query = useQuery(before ? `${snapshotId} ${before.snapshotId}` : null, (signal) =>
    answerOf(
      api.GET('/v1/snapshots/{snapshotId}/changes', {
        params: { path: { snapshotId }, query: { since: before?.snapshotId ?? '' } },
        signal,
      }),
    ),
  );
  return query.data && new Map(query.data.profiles?.map((each) => [each.profile, each]));
}

type RowProps = Snapshot['profiles'][number] & {
  readonly owners: number;
  readonly largest: number;
  readonly change: Change | undefined;
  readonly trend: readonly number[];
};

function Row({ profile, members, notJudged, owners, largest, change, trend }: RowProps) {
  const chosen = chosenProfiles();
  const isChosen = chosen.includes(profile);
  const isAsked = place.value['where'] === profile;
  const choose = () =>
    show({ profiles: (isChosen ? chosen.filter((each) => each !== profile) : [...chosen, profile]).join(',') }, true);
  return (
    <tr class={`${members === 0 ? 'nobody' : ''} ${isAsked ? 'asked' : ''}`}>
      <td class="pick">
        <input
          type="checkbox"
          checked={isChosen}
          disabled={!isChosen && chosen.length >= MOST_CHOSEN}
          aria-label={t('compare', { profile: titleOf(profile) })}
          onChange={choose}
        />
      </td>
      <th scope="row">
        <button type="button" class="link" onClick={() => show({ where: profile })} title={t('whoHasIt')}>
          <bdi lang="en">{titleOf(profile)}</bdi>
        </button>
        <small>{profile}</small>
      </th>
      <td class="size">
        <span class="number">{number(members)}</span>
        <Bar share={members / largest} />
      </td>
      <td class="number">{owners === 0 ? '–' : percent(members / owners)}</td>
      <td class="number">{change ? <Changed {...change} /> : <span class="muted">–</span>}</td>
      <td class="number wide">{notJudged === 0 ? <span class="muted">0</span> : number(notJudged)}</td>
      <td class="wide">
        <Sparkline values={trend} label={t('trendOf', { profile: titleOf(profile), values: trend.join(', ') })} />
      </td>
    </tr>
  );
}

/** Who came and who went: a profile may keep its size while half of its owners change. */
function Changed({ entered, left }: Change) {
  if (entered === 0 && left === 0) return <span class="muted">0</span>;
  return (
    <span class="changed">
      {entered > 0 && <span class="good" title={t('entered')}>{`+${number(entered)}`}</span>}
      {left > 0 && <span class="bad" title={t('left')}>{`−${number(left)}`}</span>}
    </span>
  );
}
