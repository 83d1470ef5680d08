/** One file of a client's catalogue: its content, and where each part is in it. JSON is read as the YAML that it is. */
import { isAlias, isCollection, isMap, isScalar, isSeq, LineCounter, parseDocument } from 'yaml';
import { messageOf } from '../errors.ts';

/** A fault and its place, line and column counted from 1; without a line it is about the file or the folder as a whole. */
export type SourceFault = {
  readonly file: string;
  readonly line?: number;
  readonly column?: number;
  readonly path: string;
  readonly message: string;
};

export type Source = {
  readonly file: string;
  /** `undefined` when it cannot be read; then `faults` say why. */
  readonly value: unknown;
  readonly faults: readonly SourceFault[];
  /** The fault at a path such as `enter.all[0].feature`, with its place. */
  faultAt(path: string, message: string): SourceFault;
};

export function readSource(file: string, text: string): Source {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false });
  const placed = (offset: number, path: string, message: string): SourceFault => {
    const { line, col } = lines.linePos(offset);
    return { file, line, column: col, path, message };
  };
  const faultAt = (path: string, message: string) => {
    // For a field that should not exist, point at the field; for any other fault, at its value.
    return placed(offsetOf(document, path, message.startsWith('must be a known field')), path, message);
  };
  const broken = [...document.errors, ...document.warnings].map(({ pos, message }) => placed(pos[0], '', message));
  if (broken.length > 0) return { file, value: undefined, faults: broken, faultAt };
  try {
    return { file, value: document.toJS(), faults: [], faultAt };
  } catch (error) {
    // Aliases can expand without bound.
    return { file, value: undefined, faults: [placed(0, '', messageOf(error))], faultAt };
  }
}

/** Where the part at a path begins, or its nearest existing parent. */
function offsetOf(document: ReturnType<typeof parseDocument>, path: string, ofField: boolean): number {
  let node: unknown = document.contents;
  let offset = startOf(node) ?? 0;
  for (const step of path.match(/[^.[\]]+/g) ?? []) {
    const parent = isAlias(node) ? node.resolve(document) : node;
    const pair = isMap(parent)
      ? parent.items.find(({ key }) => isScalar(key) && String(key.value) === step)
      : undefined;
    node = isSeq(parent) ? parent.items[Number(step)] : pair?.value;
    const ownPlace = ofField || isCollection(node) ? startOf(pair?.key) : undefined;
    offset = ownPlace ?? startOf(node) ?? startOf(pair?.key) ?? offset;
  }
  return offset;
}

function startOf(node: unknown): number | undefined {
  if (!isScalar(node) && !isCollection(node) && !isAlias(node)) return undefined;
  return node.range?.[0];
}

/** `catalogue/profiles/x.yaml:9:18: message`, as editors and continuous integration read it. */
export function inOneLine({ file, line, column, message, path }: SourceFault): string {
  const place = line === undefined ? file : `${file}:${line}:${column}`;
  return `${place}: ${path === '' ? '' : `${path}: `}${message}`;
}
