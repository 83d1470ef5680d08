/** The limits of clients as a stage changes them: a part of app.test.ts, because loading the CDK takes long. */
import { Match, Template } from 'aws-cdk-lib/assertions';
import { RestApi } from 'aws-cdk-lib/aws-apigateway';
import { Code, Function as LambdaFunction, Runtime } from 'aws-cdk-lib/aws-lambda';
import { App, Stack } from 'aws-cdk-lib/core';
import { SHARED_USAGE_KEY } from '../../functions/runtime/names.ts';
import type { ClientLimits } from '../../lib/client-limits.ts';
import { UsagePlans } from '../../lib/usage-plans.ts';

const plan = { requestsPerSecond: 100, burst: 200, uploadsPerMinute: 600 };

function templateOf(limits: ClientLimits): Template {
  const stack = new Stack(new App(), 'Test');
  const restApi = new RestApi(stack, 'Api');
  restApi.root.addMethod('GET');
  const authorizer = new LambdaFunction(stack, 'Authorizer', {
    code: Code.fromInline('exports.handler = () => {};'),
    handler: 'index.handler',
    runtime: Runtime.NODEJS_24_X,
  });
  new UsagePlans(stack, 'UsagePlans', { limits, stackName: 'Test', restApi, uploads: [], authorizer });
  return Template.fromStack(stack);
}

export function limitsAsAStageChangesThem(): void {
  const plans = { standard: plan, 'very-large': plan };
  const [before, after] = ['standard', 'very-large'].map((name) => templateOf({ plans, default: name }));

  test('another default plan moves no key: API Gateway refuses a key in two plans of a stage', () => {
    for (const type of ['AWS::ApiGateway::ApiKey', 'AWS::ApiGateway::UsagePlanKey']) {
      expect(after!.findResources(type)).toEqual(before!.findResources(type));
    }
    before!.resourceCountIs('AWS::ApiGateway::UsagePlanKey', 2);
  });

  test.each([
    ['standard', before!],
    ['very-large', after!],
  ])('clients without a plan share the key of the default one, %s', (name, template) => {
    const [key] = Object.values(template.findResources('AWS::ApiGateway::ApiKey')).filter(
      ({ Properties }) => Properties.Name === `Test-shared-${name}`,
    );
    template.hasResourceProperties('AWS::Lambda::Function', {
      Environment: { Variables: Match.objectLike({ [SHARED_USAGE_KEY]: key?.['Properties'].Value }) },
    });
  });
}
