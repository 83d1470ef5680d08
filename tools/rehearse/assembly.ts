/** Cloud assemblies of the stack as it would be deployed, and copies of them with changes. */
import { createHash } from 'node:crypto';
import { cpSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { succeed } from './commands.ts';
import type { Resources } from './left-out.ts';
import type { World } from './world.ts';

export type Context = Readonly<Record<string, string>>;

/** Synthesizes with a context (`{ stage: 'prod', first: 'true' }`). @returns the assembly's folder */
export async function synthesized({ root, folder }: World, name: string, context: Context): Promise<string> {
  const directory = join(folder, name);
  mkdirSync(directory, { recursive: true });
  await succeed(process.execPath, ['bin/app.ts'], {
    cwd: root,
    env: { CDK_OUTDIR: directory, CDK_CONTEXT_JSON: JSON.stringify(context) },
  });
  return directory;
}

export function templateFileIn(directory: string): string {
  const file = readdirSync(directory).find((name) => name.endsWith('.template.json'));
  if (file === undefined) throw new Error(`${directory} holds no template`);
  return join(directory, file);
}

export const stackNameIn = (directory: string): string =>
  templateFileIn(directory).replace(/^.*\//, '').replace('.template.json', '');

export function resourcesIn(directory: string): Resources {
  return JSON.parse(readFileSync(templateFileIn(directory), 'utf8')).Resources;
}

/** A copy beside the assembly whose template has other resources. */
export function copyWith(directory: string, name: string, change: (resources: Resources) => Resources): string {
  const copy = `${directory}-${name}`;
  rmSync(copy, { recursive: true, force: true });
  cpSync(directory, copy, { recursive: true });
  const file = templateFileIn(copy);
  const template = JSON.parse(readFileSync(file, 'utf8'));
  writeFileSync(file, JSON.stringify({ ...template, Resources: change(template.Resources) }));
  uploadUnderNewHash(copy, file);
  return copy;
}

/** Templates are uploaded under their hash: under the old one, an uploaded template would be deployed in place of this. */
function uploadUnderNewHash(directory: string, templateFile: string): void {
  const assets = templateFile.replace('.template.json', '.assets.json');
  const manifest: { files: Record<string, { source: { path: string } }> } = JSON.parse(readFileSync(assets, 'utf8'));
  const [old] = Object.entries(manifest.files).find(([, { source }]) => templateFile.endsWith(source.path)) ?? [];
  if (old === undefined) throw new Error(`${assets} does not name the template`);
  const hash = createHash('sha256').update(readFileSync(templateFile)).digest('hex');
  for (const file of [assets, join(directory, 'manifest.json')]) {
    writeFileSync(file, readFileSync(file, 'utf8').replaceAll(old, hash));
  }
}

/** A resource that fails on AWS, too, after all others were created or updated: a wait that nobody ends. */
export function withFailure(resources: Resources): Resources {
  const wait = { Handle: { Ref: 'RehearsedFailureHandle' }, Timeout: '1', Count: 1 };
  return {
    ...resources,
    RehearsedFailureHandle: { Type: 'AWS::CloudFormation::WaitConditionHandle' },
    RehearsedFailure: {
      Type: 'AWS::CloudFormation::WaitCondition',
      Properties: wait,
      DependsOn: Object.keys(resources),
    },
  };
}
