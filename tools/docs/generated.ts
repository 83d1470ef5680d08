/**
 * Generated parts of Markdown pages. People write the prose; a script writes only what is between
 * `<!-- generated: NAME -->` and `<!-- end -->`: a table on lines of its own, or a figure within a sentence.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** Text by the name of its part. */
export type Parts = Readonly<Record<string, string>>;

const PART = /<!-- generated: (\S+) -->(\n?)[\s\S]*?<!-- end -->/g;
const ROOT = new URL('../../', import.meta.url);

/**
 * The page with its generated parts replaced. A part of the same name may occur in a page more than once.
 *
 * @throws Error when the page and `parts` do not name the same parts
 */
export function withParts(page: string, parts: Parts): string {
  const unused = new Set(Object.keys(parts));
  const filled = page.replace(PART, (_, name: string, newline: string) => {
    const text = parts[name];
    if (text === undefined) throw new Error(`the page has a generated part ${name} that nothing writes`);
    unused.delete(name);
    const body = newline === '' ? text : `\n\n${text.trim()}\n\n`;
    return `<!-- generated: ${name} -->${body}<!-- end -->`;
  });
  if (unused.size > 0) throw new Error(`the page has no generated part ${[...unused].join(', ')}`);
  return filled;
}

/** A page as it is on disk; `path` from the root of the repository. */
export function readPage(path: string): string {
  return readFileSync(new URL(path, ROOT), 'utf8');
}

/** Writes the generated parts of a page and leaves the rest as it is. */
export function writeParts(path: string, parts: Parts): void {
  writeFileSync(fileURLToPath(new URL(path, ROOT)), withParts(readPage(path), parts));
}
