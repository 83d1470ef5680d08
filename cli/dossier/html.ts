/** Parts of a page with texts of strangers: everything is escaped but the markup made here. */
import { createHash } from 'node:crypto';
import { safe } from '../terminal.ts';

/** Markup that was made here. */
export type Markup = { readonly markup: string };

export const LINE: Markup = { markup: '\n' };

const ESCAPES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** Text as it is shown; characters that are invisible or turn the direction of text are shown as U+FFFD. */
export function text(value: unknown): Markup {
  return { markup: safe(value).replace(/[&<>"']/g, (character) => ESCAPES[character] ?? '') };
}

export type Content = Markup | string | number | null | undefined | readonly Content[];

/** An element with its content; texts in it are escaped. */
export function element(name: string, content: Content): Markup {
  return { markup: `<${name}>${inner(content)}</${name}>` };
}

/** @param head titles of the columns; none: the first cell of each row is its title */
export function table(head: readonly string[], rows: readonly (readonly Content[])[]): Markup {
  if (rows.length === 0) return element('p', 'None.');
  const titles = element(
    'tr',
    head.map((title) => element('th', title)),
  );
  const top: Content = head.length === 0 ? null : [element('thead', titles), LINE];
  const lines = rows.map((cells) => [
    element(
      'tr',
      cells.map((cell) => element('td', cell)),
    ),
    LINE,
  ]);
  return element('table', [top, element('tbody', lines)]);
}

/** A whole page without script, with its own style only, that loads nothing. */
export function page(title: string, style: string, content: Content): string {
  const hash = createHash('sha256').update(style).digest('base64');
  const policy = `default-src 'none'; style-src 'sha256-${hash}'; base-uri 'none'; form-action 'none'`;
  return [
    '<!doctype html>',
    '<html lang="en">',
    '<head>',
    '<meta charset="utf-8">',
    `<meta http-equiv="Content-Security-Policy" content="${policy}">`,
    '<meta name="referrer" content="no-referrer">',
    '<meta name="viewport" content="width=device-width">',
    element('title', title).markup,
    `<style>${style}</style>`,
    '</head>',
    `<body>\n${inner(content)}\n</body>`,
    '</html>',
    '',
  ].join('\n');
}

function inner(content: Content): string {
  if (content === null || content === undefined) return '';
  if (typeof content === 'string' || typeof content === 'number') return text(content).markup;
  return 'markup' in content ? content.markup : content.map(inner).join('');
}
