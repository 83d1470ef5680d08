/**
 * The commands in README.md and the pages below docs/. A block of commands that anybody can run in the project folder begins with
 * "```sh run"; one that needs a cloud account, minutes or files of the reader's own with "```sh". A file that the reader writes between them
 * is in a block that begins with its format and its name: "```yaml own/rules.yaml".
 */
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

export type Command = {
  /** `README.md:28`. */
  readonly at: string;
  readonly text: string;
  readonly runs: boolean;
  /** The file for this text; absent: the text is a command. */
  readonly file?: string;
};

const BLOCK = /^ *```([^\n]*)\n(.*?)^ *```$/gms;
/** An example with its output: indented by four, with or without a prompt. */
const EXAMPLE = /^ {4}(?:\$ )?((?:npm|npx|node|owner-profiles) [^\n]+)$/gm;
const INLINE = /`((?:[A-Z]+=\S+ )?(?:npm|npx|node|owner-profiles) [^`]+)`/g;

/** All commands of the documents of a folder, in their order. */
export function commandsIn(root: string): Command[] {
  return ['README.md', ...globSync('docs/**/*.md', { cwd: root }).sort()].flatMap((file) => {
    const text = readFileSync(join(root, file), 'utf8');
    const place = (index: number) => `${file}:${text.slice(0, index).split('\n').length}`;
    const written = [...text.matchAll(BLOCK)].flatMap(({ index, 1: kind = '', 2: body = '' }): Command[] => {
      const at = place(index);
      const named = /^(?!sh)\w+ (\S+)$/.exec(kind)?.[1];
      if (named !== undefined) return [{ at, text: body, runs: true, file: named }];
      if (!/^sh\b/.test(kind)) return [];
      return linesOf(body).map((line) => ({ at, text: line, runs: kind === 'sh run' }));
    });
    const prose = text.replace(BLOCK, (block) => block.replace(/[^\n]/g, ' '));
    const named = [...prose.matchAll(EXAMPLE), ...prose.matchAll(INLINE)].flatMap(({ index, 1: found = '' }) =>
      linesOf(found).map((line) => ({ at: place(index), text: line, runs: false })),
    );
    return [...written, ...named];
  });
}

/** Commands of a block: without comments, continued lines joined. */
function linesOf(body: string): string[] {
  const joined = body.replace(/\\\n\s*/g, '');
  return joined.split('\n').flatMap((line) => line.replace(/(^|\s)#.*$/, '').trim() || []);
}
