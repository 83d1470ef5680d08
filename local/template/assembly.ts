/** The synthesized cloud assembly on disk: the one stack with an API, and the folders with its functions' code. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

export type Resource = {
  readonly Type: string;
  readonly Properties?: Readonly<Record<string, unknown>>;
  readonly Metadata?: Readonly<Record<string, unknown>>;
  readonly Condition?: string;
};
export type Template = {
  readonly Resources: Readonly<Record<string, Resource>>;
  readonly Outputs?: Readonly<Record<string, { readonly Value: unknown; readonly Condition?: string }>>;
  readonly Parameters?: Readonly<Record<string, { readonly Type?: string; readonly Default?: unknown }>>;
  readonly Mappings?: Readonly<Record<string, Readonly<Record<string, Readonly<Record<string, unknown>>>>>>;
  readonly Conditions?: Readonly<Record<string, unknown>>;
};
export type Assembly = {
  readonly stackName: string;
  readonly template: Template;
  /** Folder of an asset by its object key in the template. */
  readonly assets: ReadonlyMap<string, string>;
};

type Manifest = {
  readonly artifacts?: Readonly<
    Record<
      string,
      {
        readonly type: string;
        readonly properties?: { templateFile?: string; stackName?: string; directoryName?: string };
      }
    >
  >;
};

export function readAssembly(directory: string): Assembly {
  const stacks = stacksIn(directory);
  const withApi = stacks.filter(({ template }) =>
    Object.values(template.Resources).some(({ Type }) => Type === 'AWS::ApiGateway::RestApi'),
  );
  const chosen = stacks.length === 1 ? stacks[0] : withApi[0];
  if (!chosen || withApi.length > 1)
    throw new Error(
      `${directory}: expected one stack with an API, found ${withApi.length} among ${stacks.length} stacks`,
    );
  return chosen;
}

function stacksIn(directory: string): Assembly[] {
  const manifest = readJson<Manifest>(join(directory, 'manifest.json'));
  return Object.entries(manifest.artifacts ?? {}).flatMap(([name, { type, properties }]) => {
    if (type === 'cdk:cloud-assembly') return stacksIn(join(directory, properties?.directoryName ?? name));
    if (type !== 'aws:cloudformation:stack' || !properties?.templateFile) return [];
    const template = readJson<Template>(join(directory, properties.templateFile));
    return [{ stackName: properties.stackName ?? name, template, assets: assetsIn(directory) }];
  });
}

type AssetManifest = {
  readonly files?: Readonly<
    Record<
      string,
      {
        readonly source: { readonly path?: string };
        readonly destinations: Readonly<Record<string, { objectKey: string }>>;
      }
    >
  >;
};

function assetsIn(directory: string): Map<string, string> {
  const assets = new Map<string, string>();
  for (const file of readdirSync(directory).filter((name) => name.endsWith('.assets.json'))) {
    for (const { source, destinations } of Object.values(readJson<AssetManifest>(join(directory, file)).files ?? {})) {
      if (source.path === undefined) continue;
      for (const { objectKey } of Object.values(destinations)) assets.set(objectKey, resolve(directory, source.path));
    }
  }
  return assets;
}

function readJson<Value>(path: string): Value {
  if (!existsSync(path)) throw new Error(`${path} is missing: the assembly is not complete`);
  return JSON.parse(readFileSync(path, 'utf8')) as Value;
}
