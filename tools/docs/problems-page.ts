/** `npm run problems`: writes the generated part of docs/reference/problems.md from the texts of the problems. */
import { pathToFileURL } from 'node:url';
import { DESCRIBED_PROBLEMS } from '../../functions/contracts/http/problem-texts.ts';
import { type Parts, writeParts } from './generated.ts';

export const PROBLEMS_PAGE = 'docs/reference/problems.md';

export function problemsParts(): Parts {
  const sections = DESCRIBED_PROBLEMS.map(({ code, status, title, when, mend, retry }) => [
    `## ${code}`,
    `${status}: ${title}.`,
    [`- When: ${when}`, `- Mend: ${mend}`, `- Again? ${retry}`].join('\n'),
  ]);
  return { problems: sections.flat().join('\n\n') };
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) writeParts(PROBLEMS_PAGE, problemsParts());
