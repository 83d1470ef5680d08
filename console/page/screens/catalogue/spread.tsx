/** The distribution of a condition's number over owners, with its threshold as a line that can be dragged. */
import { useRef, useState } from 'preact/hooks';
import { answerOf, api } from '../../api/client.ts';
import { type Distribution, meant, plain, plainThreshold, writtenLike } from '../../model/spread.ts';
import { Awaited, Card, Empty } from '../../parts/basic.tsx';
import { useQuery } from '../../state/query.ts';
import { measureText, thresholdText, valueText } from '../../texts/sentences.ts';
import { instant, t } from '../../texts/texts.ts';
import type { ChosenCondition } from './sentences.tsx';

const [WIDTH, HEIGHT] = [600, 130];
/** Snapshots to search for one that keeps the number. */
const LOOKED_AT = 50;

type Props = { readonly condition: ChosenCondition; readonly onUse: (threshold: unknown) => void };

export function Spread({ condition, onUse }: Props) {
  const { feature, window } = condition;
  const kept = window ? `${feature} ${window}` : feature;
  const query = useQuery(kept, async (signal) => {
    const list = await answerOf(api.GET('/v1/snapshots', { params: { query: { limit: LOOKED_AT } }, signal }));
    const snapshot = list.snapshots.find(({ status, features }) => status === 'finished' && features.includes(kept));
    if (!snapshot) return null;
    const params = {
      path: { snapshotId: snapshot.snapshotId },
      query: { feature, ...(window && { window }) },
    };
    const spread = await answerOf(api.GET('/v1/snapshots/{snapshotId}/distributions', { params, signal }));
    return { snapshot, spread };
  });
  return (
    <Card title={measureText(condition)}>
      <Awaited of={query} rows={4}>
        {(found) =>
          found && found.spread.histogram.length > 0 ? (
            <>
              <Histogram spread={found.spread} condition={condition} onUse={onUse} />
              <p class="muted small">{t('spreadFrom', { when: instant(found.snapshot.watermark) })}</p>
            </>
          ) : (
            <Empty title={t('notKept')}>{t('notKeptSays')}</Empty>
          )
        }
      </Awaited>
    </Card>
  );
}

function Histogram({ spread, condition, onUse }: Props & { spread: Distribution }) {
  const { histogram, atLeast } = spread;
  const { operator, threshold } = condition;
  const [low, high] = [plain(histogram[0]?.from ?? 0), plain(histogram.at(-1)?.to ?? 1)];
  const x = (value: number) => ((value - low) / (high - low || 1)) * WIDTH;
  const now = plainThreshold(threshold);
  const nearest = atLeast.findLastIndex(({ value }) => plain(value) <= (now ?? low));
  const [at, setAt] = useState(Math.max(0, nearest));
  const chart = useRef<SVGSVGElement>(null);
  const most = Math.max(1, ...histogram.map(({ owners }) => owners));
  const chosen = atLeast[at]?.value ?? low;

  const moveTo = (value: number) => {
    const distances = atLeast.map((each) => Math.abs(plain(each.value) - value));
    setAt(distances.indexOf(Math.min(...distances)));
  };
  const drag = (event: PointerEvent) => {
    if (event.buttons !== 1 || !chart.current) return;
    const { left, width } = chart.current.getBoundingClientRect();
    moveTo(low + ((event.clientX - left) / width) * (high - low));
  };

  const count = meant(spread, operator, at);
  return (
    <figure class="spread">
      <svg
        ref={chart}
        viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
        preserveAspectRatio="none"
        role="img"
        aria-label={t('spreadOf')}
        onPointerDown={drag}
        onPointerMove={drag}
      >
        {histogram.map(({ from, to, owners }) => (
          <rect
            key={String(from)}
            class={plain(from) >= plain(chosen) ? 'above' : 'under'}
            x={x(plain(from)) + 1}
            y={HEIGHT - barHeight(owners, most)}
            width={Math.max(1, x(plain(to)) - x(plain(from)) - 2)}
            height={barHeight(owners, most)}
          >
            <title>{t('binOf', { from: valueText(from), to: valueText(to), n: owners })}</title>
          </rect>
        ))}
        {now !== undefined && now >= low && now <= high && <line class="old" x1={x(now)} x2={x(now)} y2={HEIGHT} />}
        <line class="new" x1={x(plain(chosen))} x2={x(plain(chosen))} y2={HEIGHT} />
      </svg>
      <input
        type="range"
        min={low}
        max={high}
        step={(high - low) / histogram.length}
        value={plain(chosen)}
        aria-label={t('threshold')}
        aria-valuetext={valueText(chosen)}
        onInput={({ currentTarget }) => moveTo(Number(currentTarget.value))}
      />
      <div class="ends muted" aria-hidden="true">
        <span>{valueText(histogram[0]?.from ?? null)}</span>
        <span>{valueText(histogram.at(-1)?.to ?? null)}</span>
      </div>
      <figcaption>
        <span>
          <strong>{thresholdText(operator, chosen)}</strong>
          {count !== undefined && ` – ${t('ownersOf', { n: count, all: spread.owners })}`}
        </span>
        <button type="button" class="button" onClick={() => onUse(writtenLike(threshold, chosen))}>
          {t('useThreshold')}
        </button>
      </figcaption>
    </figure>
  );
}

/** Bins of one owner stay visible beside bins of thousands. */
const barHeight = (owners: number, most: number): number =>
  owners === 0 ? 0 : Math.max(3, (owners / most) * (HEIGHT - 6));
