/**
 * What is deployed in `prod`, from its synthesized template: the API with its functions by part, each queue with its dead letters, the
 * runs, what they store, and what watches them. A queue or a function that has no place here is an error.
 */
import { synthesize } from '../../local/synth.ts';
import { readAssembly, type Template } from '../../local/template/assembly.ts';
import { type DeployedPart, partsOf, type QueueRow } from './deployed-parts.ts';
import { ROOT } from './imports.ts';
import { arrow, picture, rect, text } from './svg.ts';

export const DEPLOYED = 'docs/pictures/deployed.svg';

const WIDTH = 920;
/** Left edge and width of each column: who asks, what takes it, the functions, what is stored. */
const [ASKS, TAKES, WORKS, STORES] = [
  { x: 16, width: 136 },
  { x: 192, width: 176 },
  { x: 408, width: 316 },
  { x: 764, width: 140 },
] as const;
const [LINE, ROW, GAP, TOP] = [16, 64, 14, 36];
/** Monospaced letters that fit into the column of functions. */
const LETTERS = 40;

export async function deployedTemplate(): Promise<Template> {
  return readAssembly((await synthesize(ROOT, 'prod')).directory).template;
}

export function deployedPicture(template: Template): string {
  const parts = partsOf(template);
  const groups = placed(parts.groups.map((group) => ({ ...group, lines: wrapped(group.functions) })));
  const requestsEnd = groups.at(-1)!.y + groups.at(-1)!.height;
  const queuesTop = requestsEnd + GAP + TOP;
  const rows = parts.queues.map((queue, index) => ({ ...queue, y: queuesTop + index * ROW }));
  const queuesEnd = queuesTop + rows.length * ROW;
  const runsTop = queuesEnd + TOP;
  const watchTop = runsTop + 118 + TOP;
  const tableEnd = runsTop + 44;
  return picture(WIDTH, watchTop + 62, 'What is deployed: the API, its functions, queues, runs, stores and alarms', [
    ...heads(['who asks', 'entry', 'functions', 'storage']),
    ...api(parts, TOP, requestsEnd - TOP),
    ...groups.flatMap((group) => [
      ...groupBox(group),
      arrow(WORKS.x + WORKS.width, STORES.x, group.y + group.height / 2),
    ]),
    title(`Queues: what fails five times waits as a dead letter${sendingBack(parts.resenders)}`, queuesTop - 12),
    ...rows.flatMap(queueRow),
    ...store('table', ['DynamoDB', 'ledgers, answers,', 'changes, keys,', 'catalogues'], TOP, tableEnd - TOP),
    title('Runs: previews, replays and snapshots, slice by slice', runsTop - 12),
    ...runs(parts, runsTop),
    title('Watching', watchTop - 12),
    ...box(16, watchTop, WIDTH - 32, 46),
    text(28, watchTop + 19, parts.watch.alarms, 'strong'),
    text(28, watchTop + 36, parts.watch.besides, 'small'),
  ]);
}

function sendingBack(functions: readonly string[]): string {
  return functions.length === 0 ? '' : `; the function ${functions.join(', ')} sends it back`;
}

function heads(names: readonly string[]): string[] {
  return [ASKS, TAKES, WORKS, STORES].map(({ x }, index) => text(x, 22, names[index]!, 'small'));
}

function title(content: string, y: number): string {
  return text(16, y, content, 'strong');
}

function box(x: number, y: number, width: number, height: number): string[] {
  return [rect(x, y, width, height, 'box', 6)];
}

type Placed = DeployedPart & { readonly lines: readonly string[]; readonly y: number; readonly height: number };

/** One below the other, each as high as its lines need. */
function placed(groups: readonly (DeployedPart & { readonly lines: readonly string[] })[]): Placed[] {
  let y = TOP;
  return groups.map((group) => {
    const height = 30 + group.lines.length * LINE;
    const place = { ...group, y, height };
    y += height + GAP;
    return place;
  });
}

function groupBox({ name, functions, lines, y, height }: Placed): string[] {
  return [
    ...box(WORKS.x, y, WORKS.width, height),
    text(WORKS.x + 12, y + 19, name, 'strong'),
    text(
      WORKS.x + WORKS.width - 12,
      y + 19,
      `${functions.length} function${functions.length === 1 ? '' : 's'}`,
      'small end',
    ),
    ...lines.map((line, index) => text(WORKS.x + 12, y + 37 + index * LINE, line, 'mono')),
    arrow(TAKES.x + TAKES.width, WORKS.x, y + height / 2),
  ];
}

/** Names side by side, on as few lines as they need. */
function wrapped(names: readonly string[]): string[] {
  const lines: string[] = [];
  for (const name of names) {
    const last = lines.at(-1);
    const longer = `${last}, ${name}`;
    if (last !== undefined && longer.length <= LETTERS) lines[lines.length - 1] = longer;
    else lines.push(name);
  }
  return lines;
}

function api({ routes, plans, authorizer }: ReturnType<typeof partsOf>, y: number, height: number): string[] {
  const middle = TAKES.x + 12;
  return [
    ...asker('applications', 'with API keys', y + 24),
    ...asker('the console', 'CloudFront (setting)', y + 104),
    ...[y + 46, y + 126].map((at) => arrow(ASKS.x + ASKS.width, TAKES.x, at)),
    ...box(TAKES.x, y, TAKES.width, height),
    text(middle, y + 24, 'API Gateway', 'strong'),
    text(middle, y + 42, `REST, ${routes} paths`, 'small'),
    text(middle, y + 58, `plans of clients: ${plans.join(', ')}`, 'small'),
    text(middle, y + 74, 'throttling, access log', 'small'),
    rect(middle, y + 92, TAKES.width - 24, 46, 'box', 6),
    text(middle + 12, y + 111, authorizer, 'mono'),
    text(middle + 12, y + 128, 'key, scopes, address', 'small'),
  ];
}

function asker(name: string, says: string, y: number): string[] {
  return [
    ...box(ASKS.x, y, ASKS.width, 44),
    text(ASKS.x + 12, y + 19, name, 'strong'),
    text(ASKS.x + 12, y + 35, says, 'small'),
  ];
}

function queueRow({
  name,
  parked,
  senders,
  consumer,
  gives,
  usesTable,
  y,
}: QueueRow & { readonly y: number }): string[] {
  const middle = y + 24;
  const others = ['dead letters', ...(parked ? ['parked'] : [])];
  return [
    ...senders.map((line, index) =>
      text(ASKS.x + ASKS.width, middle + 4 + (index - (senders.length - 1) / 2) * 13, line, 'small end'),
    ),
    arrow(ASKS.x + ASKS.width + 6, TAKES.x, middle),
    ...box(TAKES.x, y, TAKES.width, 48),
    text(TAKES.x + 12, y + 19, name, 'strong'),
    ...others.flatMap((other, index) => pill(other, TAKES.x + 12 + index * 94, y + 27)),
    arrow(TAKES.x + TAKES.width, WORKS.x, middle),
    ...box(WORKS.x, y + 6, 140, 36),
    text(WORKS.x + 12, y + 28, consumer, 'mono'),
    text(WORKS.x + 150, middle + 4, `→ ${gives}`, 'small'),
    ...(usesTable ? [arrow(WORKS.x + WORKS.width + 8, STORES.x, middle)] : []),
  ];
}

function pill(name: string, x: number, y: number): string[] {
  const width = name.length * 6 + 14;
  return [rect(x, y, width, 16, 'pill', 8), text(x + width / 2, y + 12, name, 'small middle')];
}

function runs({ runs: { starters, nightly, schedule, worker } }: ReturnType<typeof partsOf>, y: number): string[] {
  const middle = y + 22;
  return [
    ...starters.map((line, index) =>
      text(ASKS.x + ASKS.width, middle + 4 + (index - (starters.length - 1) / 2) * 13, line, 'small end'),
    ),
    arrow(ASKS.x + ASKS.width + 6, TAKES.x, middle),
    ...box(TAKES.x, y, TAKES.width, 44),
    text(TAKES.x + 12, y + 19, 'state machine', 'strong'),
    text(TAKES.x + 12, y + 35, 'Step Functions, a map', 'small'),
    arrow(TAKES.x + TAKES.width, WORKS.x, middle),
    ...box(WORKS.x, y + 4, 140, 36),
    text(WORKS.x + 12, y + 26, worker, 'mono'),
    arrow(WORKS.x + 140, STORES.x, middle),
    text(WORKS.x + 150, middle + 16, 'results and snapshots go to buckets', 'small'),
    ...box(TAKES.x, y + 70, TAKES.width, 44),
    text(TAKES.x + 12, y + 89, 'schedule', 'strong'),
    text(TAKES.x + 12, y + 105, schedule, 'small'),
    arrow(TAKES.x + TAKES.width, WORKS.x, y + 92),
    ...box(WORKS.x, y + 74, 140, 36),
    text(WORKS.x + 12, y + 96, nightly, 'mono'),
    text(WORKS.x + 150, y + 96, '→ starts a snapshot of each client', 'small'),
    ...store('buckets', ['S3: payloads,', 'results, snapshots'], y + 62, 56),
  ];
}

function store(name: string, says: readonly string[], y: number, height: number): string[] {
  const middle = STORES.x + STORES.width / 2;
  const at = y + height / 2 - 8;
  return [
    ...box(STORES.x, y, STORES.width, height),
    text(middle, at, name, 'strong middle'),
    ...says.map((line, index) => text(middle, at + 17 + index * 14, line, 'small middle')),
  ];
}
