/**
 * `npm run policies -- TEMPLATE ACCOUNT REGION [FOLDER]`: writes the policies of a deployer as files that `aws iam create-policy` takes, from a
 * template that `npm run synth` wrote (`cdk.out/OwnerProfiles-prod.template.json`).
 */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { callerPolicy, executionPolicies } from './deployer.ts';

const [template, account, region, folder = 'policies'] = process.argv.slice(2);
if (template === undefined || region === undefined || !/^\d{12}$/.test(account ?? '')) {
  process.stderr.write('usage: npm run policies -- cdk.out/OwnerProfiles-prod.template.json ACCOUNT REGION [FOLDER]\n');
  process.exit(2);
}
if (!existsSync(template)) {
  process.stderr.write(`there is no file ${template}: \`npx cdk synth -c stage=prod --quiet\` writes it\n`);
  process.exit(2);
}
const place = { partition: partitionOf(region), account: String(account), region };
const stackName = basename(template, '.template.json');
const execution = executionPolicies(JSON.parse(readFileSync(template, 'utf8')), stackName, place);
const files = {
  caller: callerPolicy(place),
  ...Object.fromEntries(execution.map((policy, index) => [`execution-${index + 1}`, policy])),
};
mkdirSync(folder, { recursive: true });
for (const [name, policy] of Object.entries(files)) {
  const path = join(folder, `${stackName}-${name}.json`);
  writeFileSync(path, `${JSON.stringify(policy, null, 2)}\n`);
  process.stdout.write(`${path}\n`);
}

function partitionOf(of: string): string {
  if (of.startsWith('cn-')) return 'aws-cn';
  return of.startsWith('us-gov-') ? 'aws-us-gov' : 'aws';
}
