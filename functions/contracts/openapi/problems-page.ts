/** The page to which `type` of a problem leads: a section for each code, in HTML that loads nothing. */
import { DESCRIBED_PROBLEMS, type DescribedProblem } from '../http/problem-texts.ts';
import { problemAnchor } from '../http/problems.ts';

const STYLE =
  'body{font:16px/1.5 system-ui,sans-serif;max-width:44rem;margin:2rem auto;padding:0 1rem}:target{background:#fe9}';

export function problemsPage(): string {
  return [
    '<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Problems</title>',
    `<meta name="viewport" content="width=device-width"><meta name="color-scheme" content="light"><style>${STYLE}</style></head>`,
    '<body><h1>Problems</h1><p>What each <code>code</code> of an answer means. Codes stay; texts may change.</p>',
    ...DESCRIBED_PROBLEMS.map(section),
    '</body></html>\n',
  ].join('\n');
}

function section({ code, status, title, when, mend, retry }: DescribedProblem): string {
  const facts = Object.entries({ When: when, 'How to mend it': mend, 'Try again?': retry });
  return [
    `<h2 id="${problemAnchor(code)}">${code}</h2><p>${status} ${html(title)}.</p>`,
    `<dl>${facts.map(([name, text]) => `<dt>${name}</dt><dd>${html(text)}</dd>`).join('')}</dl>`,
  ].join('\n');
}

/** Text as HTML, with what is in backticks as code. */
function html(text: string): string {
  const escaped = text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
  return escaped.replace(/`([^`]+)`/g, '<code>$1</code>');
}
