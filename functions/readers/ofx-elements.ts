/**
 * OFX as a tree: version 1 is SGML, whose leaves need no end tag, version 2 is XML. One reader takes both, and what banks
 * make of them. Nothing is declared or expanded, so there is no entity to attack with.
 */
import { ReaderError } from './reader-error.ts';

export type OfxElement = {
  readonly name: string;
  readonly line: number;
  readonly children: OfxElement[];
  text: string;
};

const DEEPEST = 32;
const MOST_TAGS = 2_000_000;
const ENTITIES: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'", nbsp: ' ' };

/** The element `OFX` of a document. @throws {ReaderError} with the line */
export function parseOfx(text: string): OfxElement {
  const root: OfxElement = { name: '', line: 1, children: [], text: '' };
  const open: OfxElement[] = [root];
  const from = Math.max(text.search(/<OFX>/i), 0);
  let line = linesIn(text, 0, from) + 1;
  let count = 0;
  for (let at = text.indexOf('<', from); at >= 0; ) {
    const cdata = text.startsWith('<![CDATA[', at);
    const end = text.indexOf(cdata ? ']]>' : '>', at);
    if (end < 0) throw new ReaderError('is cut off inside a tag', { line });
    if (++count > MOST_TAGS) throw new ReaderError(`has more than ${MOST_TAGS} tags`, { line });
    const next = text.indexOf('<', end);
    const value = text.slice(end + (cdata ? 3 : 1), next < 0 ? text.length : next);
    if (cdata) open.at(-1)!.text += text.slice(at + 9, end);
    else takeTag(open, text.slice(at + 1, end).trim(), decoded(value).trim(), line);
    if (open.length > DEEPEST) throw new ReaderError(`nests elements deeper than ${DEEPEST}`, { line });
    line += linesIn(text, at, next < 0 ? text.length : next);
    at = next;
  }
  while (open.length > 1) liftInto(open);
  const found = root.children.find(({ name }) => name === 'OFX');
  if (!found) throw new ReaderError('contains no element OFX', { line: 1 });
  return found;
}

function takeTag(open: OfxElement[], tag: string, value: string, line: number): void {
  if (tag.startsWith('?') || tag.startsWith('!')) return;
  if (tag.startsWith('/')) {
    close(open, nameOf(tag.slice(1)));
    return;
  }
  const name = nameOf(tag);
  const element: OfxElement = { name, line, children: [], text: value };
  open.at(-1)!.children.push(element);
  // A value makes it a leaf; an empty one is only known when something else is closed.
  if (value === '' && !tag.endsWith('/')) open.push(element);
}

function close(open: OfxElement[], name: string): void {
  if (!open.some((element) => element.name === name)) return;
  while (open.at(-1)!.name !== name) liftInto(open);
  open.pop();
}

/** An element that was never closed is an empty leaf: what was read into it becomes its siblings. */
function liftInto(open: OfxElement[]): void {
  const leaf = open.pop()!;
  for (const child of leaf.children.splice(0)) open.at(-1)!.children.push(child);
}

function nameOf(tag: string): string {
  const end = tag.search(/[\s/]/);
  return (end < 0 ? tag : tag.slice(0, end)).toUpperCase();
}

function decoded(text: string): string {
  if (!text.includes('&')) return text;
  return text.replace(/&(#?\w{1,8});/g, (whole, name: string) => {
    if (!name.startsWith('#')) return ENTITIES[name.toLowerCase()] ?? whole;
    const code = name[1] === 'x' ? Number.parseInt(name.slice(2), 16) : Number.parseInt(name.slice(1), 10);
    return code > 0 && code < 0x11_0000 ? String.fromCodePoint(code) : whole;
  });
}

function linesIn(text: string, from: number, to: number): number {
  let lines = 0;
  // Not by `indexOf`, which would look through all of a file without line ends, again and again.
  for (let at = from; at < to; at++) if (text.charCodeAt(at) === 10) lines++;
  return lines;
}

/** All elements of a name, however deep. */
export function ofxAll(element: OfxElement, name: string): OfxElement[] {
  return element.children.flatMap((child) => (child.name === name ? [child] : ofxAll(child, name)));
}

/** The text at a path of names, if there is one. */
export function ofxText(element: OfxElement | undefined, ...path: string[]): string | undefined {
  let here = element;
  for (const name of path) here = here?.children.find((child) => child.name === name);
  return here?.text || undefined;
}
