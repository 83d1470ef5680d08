/** Markdown is written as CONTRIBUTING.md says under "How we write": in common words, in lines of 120 columns. */
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const ROOT = join(import.meta.dirname, '../..');
const COLUMNS = 120;
const ARCHAIC =
  /\b(?:anew|whoever|begun|sights?|bears?|bearing|(?:what|it)\s+stands|stands\s+(?:for|in\s+for|on)|gone\s+on\s+with|(?:is|are|was|were|being)\s+told|tells?\s+of|for\s+want\s+of|the\s+former)\b/gi;

const blank = (text: string) => text.replace(/[^\n]/g, '');
const withoutTables = (text: string) => text.replace(/^\|.*$/gm, blank);
const withoutCode = (text: string) => text.replace(/^( *)```[\s\S]*?^\1```$/gm, blank).replace(/^ {4,}\S.*$/gm, blank);
const withoutGenerated = (text: string) => text.replace(/<!-- generated: [\s\S]*?<!-- end -->/g, blank);
/** A line of one word, such as a long link, cannot be broken. */
const canBreak = (line: string) => line.trim().includes(' ');

const pages = globSync(['*.md', '{docs,evaluation,samples}/**/*.md'], { cwd: ROOT })
  .sort()
  .map((page) => ({ page, text: withoutCode(readFileSync(join(ROOT, page), 'utf8')) }));

test('no page has a word that CONTRIBUTING.md says not to use, but for its own table of them', () => {
  const found = pages.flatMap(({ page, text }) => {
    const judged = page === 'CONTRIBUTING.md' ? withoutTables(text) : text;
    return [...judged.matchAll(ARCHAIC)].map(
      ({ 0: word, index }) => `${page}:${judged.slice(0, index).split('\n').length}: ${word}`,
    );
  });
  expect(found).toEqual([]);
});

test('no line is too long, but for tables, code and generated parts', () => {
  const found = pages.flatMap(({ page, text }) =>
    withoutTables(withoutGenerated(text))
      .split('\n')
      .flatMap((line, index) => (line.length > COLUMNS && canBreak(line) ? `${page}:${index + 1}` : [])),
  );
  expect(found).toEqual([]);
});
