/** Deploying and removing stacks by the CDK's command line, and what CloudFormation says of them. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { stackNameIn } from './assembly.ts';
import { ACCOUNT, REGION } from './cloud.ts';
import { node, type Ran, tail } from './commands.ts';
import { cloudOf, type Deployed, type Stage, type World } from './world.ts';

export function cdk(world: World, args: readonly string[]): Promise<Ran> {
  const { env } = cloudOf(world);
  return node(world.root, 'node_modules/aws-cdk/bin/cdk', args, { env, seconds: 600 });
}

export async function bootstrap(world: World, assembly: string): Promise<void> {
  const ran = await cdk(world, ['bootstrap', `aws://${ACCOUNT}/${REGION}`, '--app', assembly]);
  if (ran.code !== 0) throw new Error(tail(ran.stdout + ran.stderr));
}

/** @throws when the deployment fails */
export async function deploy(world: World, stage: Stage, assembly: string): Promise<Deployed> {
  const outputsFile = join(world.folder, `outputs-${stage}.json`);
  const ran = await tryToDeploy(world, assembly, outputsFile);
  if (ran.code !== 0) throw new Error(`${stage} cannot be deployed\n${tail(ran.stdout + ran.stderr)}`);
  nameApiOnThisMachine(outputsFile, cloudOf(world).endpoint);
  const deployed = { ...world.deployed[stage], stackName: stackNameIn(assembly), outputsFile };
  world.deployed[stage] = deployed;
  return deployed;
}

export function tryToDeploy(world: World, assembly: string, outputsFile: string): Promise<Ran> {
  const quiet = ['--require-approval', 'never', '--progress', 'events'];
  return cdk(world, ['deploy', '--app', assembly, ...quiet, '--outputs-file', outputsFile]);
}

export function destroy(world: World, assembly: string): Promise<Ran> {
  return cdk(world, ['destroy', '--app', assembly, '--force']);
}

/** The address of AWS in the outputs does not exist here. */
function nameApiOnThisMachine(outputsFile: string, endpoint: string): void {
  const text = readFileSync(outputsFile, 'utf8');
  const address = /https:\/\/([a-z0-9]+)\.execute-api\.[a-z0-9.-]+\.amazonaws\.com/g;
  writeFileSync(outputsFile, text.replace(address, `${endpoint}/_aws/execute-api/$1`));
}

/** The state of a stack, such as `UPDATE_ROLLBACK_COMPLETE`. */
export async function statusOf(world: World, stackName: string): Promise<string> {
  const text = await describe(world, 'DescribeStacks', stackName);
  return /<StackStatus>([^<]*)</.exec(text)?.[1] ?? 'unknown';
}

/** Logical ids of the resources that reached a state, ever, such as `UPDATE_COMPLETE`. */
export async function idsThatReached(world: World, stackName: string, status: string): Promise<ReadonlySet<string>> {
  const ids = new Set<string>();
  for (let token: string | undefined = ''; token !== undefined; ) {
    const more: string = token && `&NextToken=${encodeURIComponent(token)}`;
    const page: string = await describe(world, 'DescribeStackEvents', stackName, more);
    for (const event of page.split('<member>').filter((text) => text.includes(`<ResourceStatus>${status}<`))) {
      ids.add(/<LogicalResourceId>([^<]*)</.exec(event)?.[1] ?? '');
    }
    token = /<NextToken>([^<]+)</.exec(page)?.[1];
  }
  return ids;
}

export async function liftTerminationProtection(world: World, stackName: string): Promise<void> {
  await describe(world, 'UpdateTerminationProtection', stackName, '&EnableTerminationProtection=false');
}

function describe(world: World, action: string, stackName: string, more = ''): Promise<string> {
  const query = `Action=${action}&Version=2010-05-15&StackName=${stackName}${more}`;
  return cloudOf(world).ask('cloudformation', { query });
}
