/**
 * Rights of callers that sign nothing on one machine, judged once by the template: of state machines and schedules by their roles, of the
 * gateway by the permissions of functions, of buckets by the policies of queues.
 */
import { allowing, type Request, readStatement, type Statement } from '../iam/statements.ts';
import { type Definition, tasksOf } from '../states/definition.ts';
import type { Assembly } from './assembly.ts';
import type { Place } from './place.ts';
import { roleIdIn, statementsByRole } from './policies.ts';
import { createResolver, type Resolver } from './resolve.ts';
import { type Found, functionArnIn, resourcesOf } from './wiring.ts';

type Json = Readonly<Record<string, unknown>>;
type Call = { readonly caller: string; readonly request: Request; readonly statements: readonly Statement[] };

/** @returns a sentence for each call that AWS would refuse */
export function missingRights(assembly: Assembly, place: Place): string[] {
  const resolver = createResolver(assembly.template, place);
  const all = (type: string) => resourcesOf(assembly, resolver, type);
  const roles = statementsByRole(all('AWS::IAM::Role'), all('AWS::IAM::Policy'));
  const byRole = (value: unknown) =>
    (roles.get(roleIdIn(value) ?? '') ?? []).map((each) => readStatement(resolver.resolve(each, 'a role')));
  const calls = [
    ...all('AWS::StepFunctions::StateMachine').flatMap((found) =>
      callsOfMachine(resolver, found, byRole(found.properties['RoleArn'])),
    ),
    ...all('AWS::Scheduler::Schedule').map(({ id, properties }) => {
      const target = properties['Target'] as Json;
      return invocation(id, resolver.text(target['Arn'], id), byRole(target['RoleArn']));
    }),
    ...callsOfGateway(resolver, place, all),
    ...callsOfBuckets(resolver, place, all),
  ];
  return calls
    .filter(({ request, statements }) => allowing(statements, request).length === 0)
    .map(({ caller, request: { action, resource } }) => `${caller} may not perform ${action} on ${resource}`);
}

function invocation(
  caller: string,
  resource: string,
  statements: readonly Statement[],
  context: Request['context'] = {},
): Call {
  return { caller, request: { action: 'lambda:InvokeFunction', resource, context }, statements };
}

/** It invokes the functions of its tasks, and starts an execution of itself for each slice of a distributed map. */
function callsOfMachine(resolver: Resolver, { id, properties }: Found, statements: readonly Statement[]): Call[] {
  const definition = JSON.parse(resolver.text(properties['DefinitionString'], id)) as Definition;
  const invoked = tasksOf(definition).flatMap(({ invokes }) => (invokes === undefined ? [] : [invokes]));
  const isDistributed = JSON.stringify(definition).includes('"Mode":"DISTRIBUTED"');
  const start = { action: 'states:StartExecution', resource: resolver.text({ Ref: id }, id), context: {} };
  return [
    ...[...new Set(invoked)].map((arn) => invocation(id, arn, statements)),
    ...(isDistributed ? [{ caller: id, request: start, statements }] : []),
  ];
}

type All = (type: string) => Found[];

/** Permissions name the method or its API, and the function by its alias. */
function callsOfGateway(resolver: Resolver, { region, account }: Place, all: All): Call[] {
  const permissions = all('AWS::Lambda::Permission').map(({ id, properties }) => {
    const { FunctionName, Action, SourceArn, Principal } = resolver.resolve(properties, id) as Json;
    const isOfGateway = Principal === 'apigateway.amazonaws.com';
    const Condition = SourceArn === undefined ? {} : { ArnLike: { 'aws:SourceArn': SourceArn } };
    return isOfGateway ? [readStatement({ Effect: 'Allow', Action, Resource: FunctionName, Condition })] : [];
  });
  const statements = permissions.flat();
  const [stage] = all('AWS::ApiGateway::Stage').map(({ id, properties }) => resolver.text(properties['StageName'], id));
  const source = (rest: string) => [`arn:aws:execute-api:${region}:${account}:local/${rest}`];
  const uses = (id: string, uri: unknown, rest: string) =>
    invocation(id, functionArnIn(resolver.text(uri, id)), statements, { 'aws:SourceArn': source(rest) });
  return [
    ...all('AWS::ApiGateway::Method').flatMap(({ id, properties }) => {
      const { Type, Uri } = properties['Integration'] as Json;
      return Type === 'AWS_PROXY' ? [uses(id, Uri, `${stage}/${String(properties['HttpMethod'])}/path`)] : [];
    }),
    ...all('AWS::ApiGateway::Authorizer').map(({ id, properties }) =>
      uses(id, properties['AuthorizerUri'], `authorizers/${id}`),
    ),
  ];
}

type Notifications = { readonly QueueConfigurations?: readonly { readonly Queue: string }[] };

function callsOfBuckets(resolver: Resolver, { account }: Place, all: All): Call[] {
  const policies = all('AWS::SQS::QueuePolicy').flatMap(({ id, properties }) => {
    const { Statement } = resolver.resolve(properties['PolicyDocument'], id) as { Statement: Json[] };
    return Statement.filter(({ Principal }) => isOf(Principal, 's3.amazonaws.com')).map(
      ({ Principal: _, ...statement }) => readStatement(statement),
    );
  });
  const context = { 'aws:SourceAccount': [account], 'aws:SecureTransport': ['true'] };
  return all('AWS::S3::Bucket').flatMap(({ id, properties }) => {
    const told = resolver.resolve(properties['NotificationConfiguration'] ?? {}, id) as Notifications;
    return (told.QueueConfigurations ?? []).map(({ Queue: resource }) => ({
      caller: id,
      request: { action: 'sqs:SendMessage', resource, context },
      statements: policies,
    }));
  });
}

function isOf(principal: unknown, service: string): boolean {
  const { AWS, Service } = principal as { AWS?: unknown; Service?: unknown };
  return AWS === '*' || Service === service;
}
