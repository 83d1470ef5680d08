import { ContentHandling, MockIntegration, PassthroughBehavior, type RestApi } from 'aws-cdk-lib/aws-apigateway';
import { preflightHeaders } from '../functions/contracts/http/cross-origin.ts';
import { ROUTES } from '../functions/contracts/http/routes.ts';
import { acknowledge } from './acknowledge.ts';

/** Header parameters of the gateway are constants in quotes. */
export const quoted = (headers: Readonly<Record<string, string>>, prefix = ''): Record<string, string> =>
  Object.fromEntries(Object.entries(headers).map(([name, value]) => [`${prefix}${name}`, `'${value}'`]));

const PREFIX = 'method.response.header.';

/** Lets pages of one origin ask: the gateway itself answers a browser that wants to know whether it may. */
export function allowOrigin(restApi: RestApi, origin: string): void {
  const headers = quoted(preflightHeaders(origin), PREFIX);
  for (const path of new Set(ROUTES.map((route) => route.path))) {
    const integration = new MockIntegration({
      // Every body counts as binary here, and the gateway's own answers are texts.
      contentHandling: ContentHandling.CONVERT_TO_TEXT,
      passthroughBehavior: PassthroughBehavior.WHEN_NO_MATCH,
      requestTemplates: { 'application/json': '{"statusCode":204}' },
      integrationResponses: [{ statusCode: '204', responseParameters: headers }],
    });
    const method = restApi.root.resourceForPath(path).addMethod('OPTIONS', integration, {
      methodResponses: [
        {
          statusCode: '204',
          responseParameters: Object.fromEntries(Object.keys(headers).map((name) => [name, true])),
        },
      ],
    });
    acknowledge(method, {
      APIG4: 'A browser asks without a key whether it may ask with one; the answer is a constant.',
    });
  }
}
