/** The picture of the deployed stack follows its template. Here, because the other pictures need no synthesis. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { DEPLOYED, deployedPicture, deployedTemplate } from '../../tools/drawing/deployed.ts';
import { SYNTHESIS_TIMEOUT_MS } from '../support/stack.ts';

test(
  `${DEPLOYED} is up to date (npm run drawing)`,
  async () => {
    const template = await deployedTemplate();
    expect(readFileSync(join(import.meta.dirname, '../..', DEPLOYED), 'utf8')).toBe(deployedPicture(template));
    const { ImportWorkerFunction: worker } = Object.fromEntries(
      Object.entries(template.Resources).map(([id, resource]) => [id.replace(/[0-9A-F]{8}$/, ''), resource]),
    );
    const Unplaced = { ...worker!, Properties: { Environment: { Variables: { POWERTOOLS_SERVICE_NAME: 'new-one' } } } };
    const Resources = { ...template.Resources, Unplaced };
    expect(() => deployedPicture({ ...template, Resources })).toThrow('the picture has no place for new-one');
  },
  SYNTHESIS_TIMEOUT_MS,
);
