/**
 * XML as a small tree that knows its lines.
 *
 * saxes, not fast-xml-parser: it checks well-formedness strictly while it reads, gives the line of every fault and element (the other gives
 * offsets at best), knows namespaces, returns text as text (the other turns `0010.50` into a number by default) and never expands an entity
 * that a document declares. A DOCTYPE is refused all the same: no bank needs one, every attack does.
 */
import { SaxesParser, type SaxesTagNS } from 'saxes';
import { decodeAs } from './encoding.ts';
import { ReaderError } from './reader-error.ts';
import { refuseTooLarge } from './text.ts';

const DEEPEST = 64;
/** An element of a bank has 20 bytes or more; a file of nothing but tags would become fifty times as large in memory. */
const MOST_ELEMENTS = 1_000_000;
const MOST_ATTRIBUTES = 100;

/** Most elements have no attributes, and half of them no children. */
const NO_ATTRIBUTES: Element['attributes'] = Object.freeze({});
const NO_CHILDREN: Element[] = [];
Object.freeze(NO_CHILDREN);

export type Element = {
  /** Local name: without its prefix. */
  readonly name: string;
  readonly namespace: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly parent: Element | undefined;
  children: Element[];
  /** Text directly inside, blanks and line ends unchanged. */
  text: string;
  readonly line: number;
};

/** Called as a document is read, in the order of the text. */
export type XmlVisitor = {
  readonly open: (tag: { name: string; namespace: string; attributes: Element['attributes']; line: number }) => void;
  readonly text: (part: string) => void;
  readonly close: (name: string) => void;
  /** Path of the element that is open, for refusals. */
  readonly path?: () => string | undefined;
};

/**
 * Reads a document and gives its root element.
 *
 * @throws {ReaderError} with line and reason when it is not well-formed, has a DOCTYPE, or is beyond the bounds
 */
export function parseXml(source: string | Uint8Array, encoding?: string): Element {
  let root: Element | undefined;
  let current: Element | undefined;
  visitXml(
    source,
    {
      open: (tag) => {
        const parent = current;
        current = { ...tag, parent, children: NO_CHILDREN, text: '' };
        if (parent?.children === NO_CHILDREN) parent.children = [current];
        else parent?.children.push(current);
        root ??= current;
      },
      text: (part) => {
        if (current) current.text += part;
      },
      close: () => {
        current = current?.parent;
      },
      path: () => current && pathOf(current),
    },
    encoding,
  );
  if (!root) throw new ReaderError('contains no element', { line: 1 });
  return root;
}

/** The same without a tree: for documents of which little is kept. @throws {ReaderError} */
export function visitXml(source: string | Uint8Array, visitor: XmlVisitor, encoding?: string): void {
  refuseTooLarge(source);
  const text = decodeXml(source, encoding);
  const parser = new SaxesParser({ xmlns: true });
  let tagLine = 1;
  let depth = 0;
  let count = 0;
  let attributes = 0;
  const refuse = (reason: string, line = parser.line): never => {
    throw new ReaderError(reason, { line, element: visitor.path?.() });
  };

  parser.on('error', (error) => refuse(`is not well-formed XML: ${error.message.replace(/^\d+:\d+: /, '')}`));
  parser.on('doctype', () => refuse('has a DOCTYPE, which is refused: it can declare entities'));
  parser.on('opentagstart', () => {
    tagLine = parser.line;
    attributes = 0;
  });
  parser.on('attribute', () => {
    if (++attributes > MOST_ATTRIBUTES) refuse(`has an element of more than ${MOST_ATTRIBUTES} attributes`, tagLine);
  });
  parser.on('opentag', (tag) => {
    if (++depth > DEEPEST) refuse(`nests elements deeper than ${DEEPEST}`, tagLine);
    if (++count > MOST_ELEMENTS) refuse(`has more than ${MOST_ELEMENTS} elements`, tagLine);
    const named = attributes === 0 ? NO_ATTRIBUTES : attributesOf(tag);
    visitor.open({ name: tag.local, namespace: tag.uri, attributes: named, line: tagLine });
  });
  parser.on('text', visitor.text);
  parser.on('cdata', visitor.text);
  parser.on('closetag', ({ local }) => {
    depth--;
    visitor.close(local);
  });
  parser.write(text).close();
}

function attributesOf(tag: SaxesTagNS): Element['attributes'] {
  return Object.fromEntries(Object.values(tag.attributes).map(({ local, value }) => [local, value]));
}

/** The text of a document, by the character set that is given or that it names itself. @throws {ReaderError} */
export function decodeXml(source: string | Uint8Array, encoding?: string): string {
  if (typeof source === 'string') return source.replace(/^\uFEFF/, '');
  return decodeAs(source, encoding ?? encodingOf(source)).replace(/^\uFEFF/, '');
}

/** The character set that a byte order mark or the XML declaration names; UTF-8 without (XML 1.0, appendix F). */
function encodingOf(bytes: Uint8Array): string {
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return 'utf-16be';
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le';
  const start = Buffer.from(bytes.subarray(0, 200)).toString('latin1');
  return /^(?:\u00ef\u00bb\u00bf)?<\?xml[^>]*\bencoding\s*=\s*["']([\w.:-]+)["']/.exec(start)?.[1] ?? 'utf-8';
}

/**
 * `Document/BkToCstmrStmt/Stmt[2]/Ntry[1]`: counted from 1 among the siblings of the same name, where there are
 * several.
 */
export function pathOf(element: Element): string {
  const { parent } = element;
  return parent ? `${pathOf(parent)}/${stepsBelow(parent).get(element)}` : element.name;
}

/** Counted once for all children: a list of a hundred thousand statements asks for the path of each. */
const steps = new WeakMap<Element, ReadonlyMap<Element, string>>();

function stepsBelow(parent: Element): ReadonlyMap<Element, string> {
  const known = steps.get(parent);
  if (known) return known;
  const byName = Map.groupBy(parent.children, ({ name }) => name);
  const below = new Map(
    [...byName].flatMap(([name, same]) =>
      same.map((child, index) => [child, same.length > 1 ? `${name}[${index + 1}]` : name] as const),
    ),
  );
  steps.set(parent, below);
  return below;
}

export function faultIn(element: Element, reason: string): ReaderError {
  return new ReaderError(reason, { line: element.line, element: pathOf(element) });
}

/** The first element at a path of local names below, or `undefined`. */
export function at(element: Element | undefined, ...names: string[]): Element | undefined {
  return names.reduce<Element | undefined>(
    (here, name) => here?.children.find((child) => child.name === name),
    element,
  );
}

/** All children of that name. */
export function all(element: Element | undefined, name: string): Element[] {
  return element?.children.filter((child) => child.name === name) ?? [];
}

/** The trimmed text at a path; `undefined` when there is no such element or it is empty. */
export function textAt(element: Element | undefined, ...names: string[]): string | undefined {
  return at(element, ...names)?.text.trim() || undefined;
}

/** The element at a path, which must be there and not empty. */
export function required(element: Element, ...names: string[]): Element {
  const found = at(element, ...names);
  if (!found) throw faultIn(element, `has no ${names.join('/')}`);
  return found;
}
