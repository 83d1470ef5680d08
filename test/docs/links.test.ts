/** Every link of a page to a file of the project, or to a section of a page, leads somewhere. */
import { existsSync, globSync, readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';

const ROOT = join(import.meta.dirname, '../..');
const LINK = /\]\(([^)\s]+)\)/g;

const pages = globSync(['*.md', '{.github,docs,evaluation,samples,catalogue}/**/*.md'], { cwd: ROOT }).sort();
const textOf = (page: string) => readFileSync(join(ROOT, page), 'utf8').replace(/^( *)```[\s\S]*?^\1```$/gm, '');

/** The anchors that GitHub makes of the headings of a page: repeated ones are numbered. */
function anchorsOf(page: string): ReadonlySet<string> {
  const seen = new Map<string, number>();
  return new Set(
    [...textOf(page).matchAll(/^#+ (.+)$/gm)].map(([, heading = '']) => {
      const plain = heading.replace(/\]\([^)]*\)/g, ']').toLowerCase();
      const anchor = plain.replace(/[^\p{L}\p{N}\s_-]/gu, '').replace(/\s/g, '-');
      const count = seen.get(anchor) ?? 0;
      seen.set(anchor, count + 1);
      return count === 0 ? anchor : `${anchor}-${count}`;
    }),
  );
}

function faultOf(page: string, link: string): string | undefined {
  if (/^(?:https?|mailto):/.test(link)) return undefined;
  const [path = '', anchor] = link.split('#');
  const target = path === '' ? page : normalize(join(dirname(page), path));
  if (!existsSync(join(ROOT, target))) return `${page}: ${link}: no such file`;
  if (anchor === undefined || !target.endsWith('.md') || anchorsOf(target).has(anchor)) return undefined;
  return `${page}: ${link}: no such section`;
}

test('every link leads to a file, and to a section that is there', () => {
  const links = pages.flatMap((page) => [...textOf(page).matchAll(LINK)].map(([, link = '']) => ({ page, link })));
  expect(links.length).toBeGreaterThan(300);
  expect(links.flatMap(({ page, link }) => faultOf(page, link) ?? [])).toEqual([]);
});

test('a link that leads nowhere is found', () => {
  expect(faultOf('docs/README.md', 'nothing.md')).toBe('docs/README.md: nothing.md: no such file');
  expect(faultOf('README.md', '#nothing')).toBe('README.md: #nothing: no such section');
  expect(faultOf('README.md', '#licence')).toBeUndefined();
});
