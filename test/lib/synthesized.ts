import type { StageName } from '../../lib/stages.ts';
import { assemblyOf } from '../support/stack.ts';

// biome-ignore lint/suspicious/noExplicitAny: a template is any JSON; the tests compare it, they do not compute with it.
export type Json = any;

export type Resource = {
  readonly id: string;
  /** Where the construct is in the tree, without the stack's name: `LedgerTable/Table`. */
  readonly path: string;
  readonly type: string;
  readonly properties: Json;
  readonly deletionPolicy: string | undefined;
};

export type Synthesized = {
  readonly template: Json;
  /** All resources of a type, in the order of the template. Their properties name other resources by path. */
  readonly ofType: (type: string) => readonly Resource[];
  /** The one resource with this path. */
  readonly at: (path: string) => Resource;
  /** The value with references written as `{path}` or `{path.Attribute}`, parts of them as `{part 6 of {path}}`, and joins joined. */
  readonly readable: (value: Json) => Json;
};

/** The stack of a stage as it is synthesized, once for all test files. */
export async function synthesized(stage: StageName): Promise<Synthesized> {
  const { template } = await assemblyOf(stage);
  return { template, ...views(template) };
}

function views(template: Json): Pick<Synthesized, 'ofType' | 'at' | 'readable'> {
  const entries = Object.entries<Json>(template.Resources);
  const paths = new Map(entries.map(([id, { Metadata }]) => [id, pathOf(Metadata['aws:cdk:path'])]));
  const named = (reference: string) => paths.get(reference) ?? reference;

  const readable = (value: Json): Json => {
    if (Array.isArray(value)) return value.map(readable);
    if (typeof value !== 'object' || value === null) return value;
    if ('Ref' in value) return `{${named(value.Ref)}}`;
    if ('Fn::GetAtt' in value) return `{${named(value['Fn::GetAtt'][0])}.${value['Fn::GetAtt'][1]}}`;
    if ('Fn::Select' in value) {
      const [index, { 'Fn::Split': split }] = value['Fn::Select'];
      return `{part ${index} of ${readable(split[1])}}`;
    }
    if ('Fn::Join' in value) return value['Fn::Join'][1].map(readable).join(value['Fn::Join'][0]);
    return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, readable(inner)]));
  };

  const resources = entries.map(([id, { Type, Properties, DeletionPolicy }]) => ({
    id,
    path: named(id),
    type: Type,
    properties: readable(Properties),
    deletionPolicy: DeletionPolicy,
  }));
  return {
    readable,
    ofType: (type) => resources.filter((resource) => resource.type === type),
    at: (path) => {
      const found = resources.filter((resource) => resource.path === path);
      if (found.length !== 1) throw new Error(`${found.length} resources at ${path}`);
      return found[0]!;
    },
  };
}

function pathOf(metadata: string): string {
  return metadata
    .split('/')
    .slice(1)
    .join('/')
    .replace(/\/Resource$/, '');
}

/** The path of the function whose deployment group this is. */
export function functionOfGroup({ template, readable, ofType }: Synthesized, group: string): string {
  const [alias] = ofType('AWS::Lambda::Alias').filter(({ id }) => {
    const { UpdatePolicy } = template.Resources[id];
    return readable(UpdatePolicy?.CodeDeployLambdaAliasUpdate.DeploymentGroupName) === `{${group}}`;
  });
  if (!alias) throw new Error(`no alias is moved by ${group}`);
  return alias.path.replace(/\/Live$/, '');
}
