/**
 * Stacks of bundled code with the places in its sources. A map is read when the first error is logged: Node's own `--enable-source-maps`
 * reads it at every cold start, and takes a fifth of a look-up's.
 */
import { readFileSync } from 'node:fs';
import { SourceMap, type SourceOrigin } from 'node:module';

const maps = new Map<string, SourceMap>();

/** @param folder of the function's code; frames of other files stay as they are */
export function withSources(stack: string, folder = process.env['LAMBDA_TASK_ROOT']): string {
  if (folder === undefined) return stack;
  const [before, ...frames] = stack.split(`${folder}/`);
  return before + frames.map((frame) => withSource(frame) ?? `${folder}/${frame}`).join('');

  function withSource(frame: string): string | undefined {
    const [place = '', name = '', line, column] = /^([\w-]+\.js):(\d+):(\d+)/.exec(frame) ?? [];
    if (name === '') return undefined;
    const origin: Partial<SourceOrigin> = mapOf(`${folder}/${name}`)?.findOrigin(Number(line), Number(column)) ?? {};
    const { fileName, lineNumber, columnNumber } = origin;
    return fileName && `${fileName}:${lineNumber}:${columnNumber}${frame.slice(place.length)}`;
  }
}

function mapOf(file: string): SourceMap | undefined {
  try {
    const map = maps.get(file) ?? new SourceMap(JSON.parse(readFileSync(`${file}.map`, 'utf8')));
    maps.set(file, map);
    return map;
  } catch {
    // Without a map, the place in the bundle is what there is.
    return undefined;
  }
}
