/**
 * The rooms of the project and who imports whom, from the real imports.
 *
 * A room is above all that it imports. An arrow is left out where a chain of others says the same.
 */
import { arrowsFrom, sourcesOf } from './imports.ts';

/** Folder and what is in it. */
const ROOMS: Readonly<Record<string, string>> = {
  cli: 'the command line',
  local: 'the service on one machine',
  console: 'the web page',
  client: 'the typed API client',
  lib: 'the CDK stack',
  'functions/handlers': 'one folder a Lambda function',
  'functions/http': 'requests and problems',
  'functions/use-cases': 'what the service does',
  'functions/adapters': 'DynamoDB, S3, SQS, …',
  'functions/readers': 'files of banks',
  'functions/runtime': 'clock, logs, errors',
  'functions/contracts': 'schemas of all that crosses',
  'functions/domain': 'pure rules',
};
const [BOX_WIDTH, BOX_HEIGHT, GAP, LAYER_HEIGHT, MARGIN] = [184, 48, 28, 104, 16];

type Graph = ReadonlyMap<string, ReadonlySet<string>>;
type Box = { readonly x: number; readonly y: number };

export function roomsPicture(): string {
  const graph = graphOf(Object.keys(ROOMS));
  const layers = layersOf(graph);
  const widest = Math.max(...layers.map((layer) => layer.length));
  const width = widest * (BOX_WIDTH + GAP) - GAP + 2 * MARGIN;
  const height = (layers.length - 1) * LAYER_HEIGHT + BOX_HEIGHT + 2 * MARGIN;
  const boxes = new Map<string, Box>();
  for (const [row, layer] of layers.entries()) {
    const left = (width - layer.length * (BOX_WIDTH + GAP) + GAP) / 2;
    for (const [column, room] of layer
      .toSorted((a, b) => middleOf(graph, boxes, a) - middleOf(graph, boxes, b))
      .entries())
      boxes.set(room, { x: left + column * (BOX_WIDTH + GAP), y: MARGIN + row * LAYER_HEIGHT });
  }
  const lines = [...graph].flatMap(([from, targets]) =>
    [...targets].filter((to) => !isImplied(graph, from, to)).map((to) => line(boxes.get(from)!, boxes.get(to)!)),
  );
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" role="img" aria-label="The rooms and who imports whom">
<style>
text { font-family: system-ui, sans-serif; text-anchor: middle; fill: #1f2328 }
.name { font-size: 14px; font-weight: 600 } .says { font-size: 11px; fill: #59636e }
rect { fill: #f6f8fa; stroke: #59636e } path { fill: none; stroke: #0969da; stroke-width: 1.5 } marker path { fill: #0969da }
@media (prefers-color-scheme: dark) {
text { fill: #f0f6fc } .says { fill: #9198a1 } rect { fill: #151b23; stroke: #9198a1 }
path { stroke: #4493f8 } marker path { fill: #4493f8 }
}
</style>
<marker id="head" viewBox="0 0 10 10" refX="9" refY="5" markerWidth="7" markerHeight="7" orient="auto"><path d="M0 0 10 5 0 10z"/></marker>
${lines.join('\n')}
${[...boxes].map(([room, box]) => drawnRoom(room, box)).join('\n')}
</svg>
`;
}

/** Which rooms each room imports. */
function graphOf(rooms: readonly string[]): Graph {
  const roomOf = (path: string) => rooms.find((room) => path.startsWith(`${room}/`));
  return new Map(
    rooms.map((room) => {
      const targets = sourcesOf(room).flatMap((file) => arrowsFrom(file).flatMap(({ to }) => roomOf(to) ?? []));
      return [room, new Set(targets.filter((target) => target !== room).sort())];
    }),
  );
}

/** Rooms by the longest chain of imports below them, the highest first. */
function layersOf(graph: Graph): string[][] {
  const depth = (room: string, above: readonly string[] = []): number => {
    if (above.includes(room)) throw new Error(`rooms import one another in a circle: ${[...above, room].join(' → ')}`);
    return Math.max(0, ...[...graph.get(room)!].map((to) => 1 + depth(to, [...above, room])));
  };
  const byDepth = Map.groupBy(graph.keys(), (room) => depth(room));
  return [...byDepth].sort(([a], [b]) => b - a).map(([, rooms]) => rooms);
}

/** The average position of the rooms that import this one: a room below its importers has short arrows. */
function middleOf(graph: Graph, boxes: ReadonlyMap<string, Box>, room: string): number {
  const importers = [...boxes].filter(([other]) => graph.get(other)?.has(room) && !isImplied(graph, other, room));
  return importers.reduce((sum, [, { x }]) => sum + x / importers.length, 0);
}

/** Whether a chain of two or more arrows leads from a room to another. */
function isImplied(graph: Graph, from: string, to: string): boolean {
  const reaches = (room: string): boolean => room === to || [...graph.get(room)!].some(reaches);
  return [...graph.get(from)!].some((next) => next !== to && reaches(next));
}

function line(from: Box, to: Box): string {
  const [x1, y1, x2, y2] = [from.x + BOX_WIDTH / 2, from.y + BOX_HEIGHT, to.x + BOX_WIDTH / 2, to.y - 2];
  return `<path d="M${x1} ${y1}C${x1} ${y1 + 40} ${x2} ${y2 - 40} ${x2} ${y2}" marker-end="url(#head)"/>`;
}

function drawnRoom(room: string, { x, y }: Box): string {
  const middle = x + BOX_WIDTH / 2;
  return [
    `<rect x="${x}" y="${y}" width="${BOX_WIDTH}" height="${BOX_HEIGHT}" rx="6"/>`,
    `<text class="name" x="${middle}" y="${y + 20}">${room.replace('functions/', '')}</text>`,
    `<text class="says" x="${middle}" y="${y + 37}">${ROOMS[room]}</text>`,
  ].join('');
}
