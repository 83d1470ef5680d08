/** `npm run drawing`: writes the pictures of the documents, from the sources, a sample owner and the synthesized stack. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { daysPicture } from './days.ts';
import { DEPLOYED, deployedPicture, deployedTemplate } from './deployed.ts';
import { derivationPicture } from './derivation.ts';
import { hysteresisPicture } from './hysteresis.ts';
import { ROOT } from './imports.ts';
import { roomsPicture } from './rooms.ts';

export const PICTURES: Readonly<Record<string, () => string>> = {
  'docs/pictures/rooms.svg': roomsPicture,
  'docs/pictures/days.svg': daysPicture,
  'docs/pictures/derivation.svg': derivationPicture,
  'docs/pictures/hysteresis.svg': hysteresisPicture,
};

if (import.meta.main) {
  for (const [path, draw] of Object.entries(PICTURES)) writeFileSync(join(ROOT, path), draw());
  writeFileSync(join(ROOT, DEPLOYED), deployedPicture(await deployedTemplate()));
}
