/** Tools that the rehearsal uses where they are there. None is a dependency of the service. */
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { Skipped } from './step.ts';

/** Below the project; ignored by Git. */
export const TOOLS = 'dist/rehearsal';

type Tool = { readonly places: readonly string[]; readonly install: string };

const python = (name: string, version: string): Tool => ({
  places: [`${name}/bin/${name}`],
  install: `python3 -m venv ${TOOLS}/${name} && ${TOOLS}/${name}/bin/pip install ${name}==${version}`,
});
const npm = (name: string, version: string, place: string): Tool => ({
  places: [`npm/node_modules/${place}`],
  install: `npm install --prefix ${TOOLS}/npm --ignore-scripts ${name}@${version}`,
});

const FOUND_BY_NAME = {
  ministack: python('ministack', '1.5.33'),
  'cfn-lint': python('cfn-lint', '1.58.0'),
  'asl-validator': npm('asl-validator', '4.0.0', '.bin/asl-validator'),
  'aws-lambda-ric': npm('aws-lambda-ric', '4.0.2', 'aws-lambda-ric/index.mjs'),
} satisfies Record<string, Tool>;

/** Path of a tool: in the project's folder of tools, else on PATH. @throws Skipped with the command that installs it */
export function toolNamed(root: string, name: keyof typeof FOUND_BY_NAME): string {
  const { places, install } = FOUND_BY_NAME[name];
  const onPath = (process.env['PATH'] ?? '').split(delimiter).map((folder) => join(folder, name));
  const found = [...places.map((place) => join(root, TOOLS, place)), ...onPath].find((path) => existsSync(path));
  if (found !== undefined) return found;
  throw new Skipped(`${name} is not installed; in the project's folder: ${install}`);
}
