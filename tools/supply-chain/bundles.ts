/** The packages in each function's bundle: `node tools/supply-chain/bundles.ts` prints it as the table of docs/explanation/security.md. */
import { readFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import { bundleFunctions } from '../../lib/bundle.ts';

export type Bundle = {
  readonly name: string;
  readonly bytes: number;
  readonly ownBytes: number;
  /** Direct dependencies, then those that come with them. */
  readonly packages: readonly string[];
};

const META = new URL('../../dist/functions.meta.json', import.meta.url);
const PACKAGE = /.*node_modules\/((?:@[^/]+\/)?[^/]+)/;

type Output = { readonly bytes: number; readonly inputs: Readonly<Record<string, { readonly bytesInOutput: number }>> };

/** As they were last written; files stored apart from a function's code count with it. */
export function readBundles(): Bundle[] {
  const { outputs } = JSON.parse(readFileSync(META, 'utf8')) as { outputs: Record<string, Output> };
  const code = Object.entries(outputs).filter(([path]) => path.endsWith('.js'));
  return [...Map.groupBy(code, ([path]) => path.split('/').at(-2) ?? '')].map(([name, files]) => {
    const used = files
      .flatMap(([, { inputs }]) => Object.entries(inputs))
      .filter(([, { bytesInOutput }]) => bytesInOutput > 0);
    const packageOf = (input: string) => PACKAGE.exec(input)?.[1];
    const own = used.filter(([input]) => packageOf(input) === undefined);
    return {
      name,
      bytes: files.reduce((sum, [, { bytes }]) => sum + bytes, 0),
      ownBytes: own.reduce((sum, [, { bytesInOutput }]) => sum + bytesInOutput, 0),
      packages: [...new Set(used.flatMap(([input]) => packageOf(input) ?? []))].sort(),
    };
  });
}

/** Packages of one publisher are shown under its name. */
export function families(packages: readonly string[]): string[] {
  const of = (name: string) =>
    /^@(aws-sdk|smithy|aws)\//.test(name) ? 'AWS SDK' : name.replace(/^@aws-lambda-powertools\/.*/, 'Powertools');
  return [...new Set(packages.map(of))].sort();
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  bundleFunctions();
  console.log('| Function | kB | of it ours | Packages |\n|---|---|---|---|');
  for (const { name, bytes, ownBytes, packages } of readBundles()) {
    console.log(
      `| ${name} | ${Math.round(bytes / 1000)} | ${Math.round(ownBytes / 1000)} | ${families(packages).join(', ')} |`,
    );
  }
}
