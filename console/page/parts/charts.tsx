/** Hand-made drawings: a line without axes, a bar, circles that overlap. Each has its content in words. */
import { number, t } from '../texts/texts.ts';

const [WIDTH, HEIGHT] = [80, 24];

/** How a number changed, by its place in the list; one value alone shows nothing yet. */
export function Sparkline({ values, label }: { values: readonly number[]; label: string }) {
  const [low, high] = [Math.min(...values), Math.max(...values)];
  const x = (at: number) => 2 + (at / Math.max(values.length - 1, 1)) * (WIDTH - 4);
  const y = (value: number) => (high === low ? HEIGHT / 2 : HEIGHT - 3 - ((value - low) / (high - low)) * (HEIGHT - 6));
  const points = values.map((value, at) => `${x(at).toFixed(1)},${y(value).toFixed(1)}`).join(' ');
  return (
    <svg class="sparkline" viewBox={`0 0 ${WIDTH} ${HEIGHT}`} width={WIDTH} height={HEIGHT} role="img">
      <title>{label}</title>
      {values.length > 1 && <polyline points={points} />}
      {values.length > 0 && <circle cx={x(values.length - 1)} cy={y(values.at(-1) ?? 0)} r="2" />}
    </svg>
  );
}

export function Bar({ share }: { share: number }) {
  return (
    <svg class="bar" viewBox="0 0 100 6" preserveAspectRatio="none" aria-hidden="true">
      <rect class="ground" width="100" height="6" rx="1" />
      <rect class="filled" width={Math.max(0, Math.min(1, share)) * 100} height="6" rx="1" />
    </svg>
  );
}

type Circle = { readonly x: number; readonly y: number };
type Spot = { readonly x: number; readonly y: number; readonly value: number };
const RADIUS = 62;

const CIRCLES: Readonly<Record<2 | 3, readonly Circle[]>> = {
  2: [
    { x: 112, y: 74 },
    { x: 188, y: 74 },
  ],
  3: [
    { x: 114, y: 76 },
    { x: 186, y: 76 },
    { x: 150, y: 138 },
  ],
};

/** Circles of one size: what matters is which regions there are and how many are in each. */
export function Overlap(props: { names: readonly string[]; spots: readonly Spot[] }) {
  const { names, spots } = props;
  const circles = CIRCLES[names.length === 3 ? 3 : 2];
  return (
    <svg class="overlap" viewBox={`0 0 300 ${names.length === 3 ? 206 : 142}`} role="img">
      <title>{t('overlapOf', { names: names.join(', ') })}</title>
      {circles.map(({ x, y }, at) => (
        <circle key={names[at]} class={`c${at + 1}`} cx={x} cy={y} r={RADIUS} />
      ))}
      {spots.map(({ x, y, value }) => (
        <text key={`${x} ${y}`} x={x} y={y} class={value === 0 ? 'none' : ''}>
          {number(value)}
        </text>
      ))}
    </svg>
  );
}
