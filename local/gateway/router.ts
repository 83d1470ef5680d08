/** Which method of the template answers a request: fixed parts before parameters, parameters before `{proxy+}`, a method before ANY. */
import type { MethodSpec, RouteSpec } from '../template/api.ts';
import type { GatewayRequest, Step } from './request.ts';
import { stepsOf } from './request.ts';

export type Match = {
  readonly resource: string;
  readonly method: MethodSpec;
  readonly pathParameters: Readonly<Record<string, string>> | null;
};

export function findRoute(routes: readonly RouteSpec[], { method, steps }: GatewayRequest): Match | undefined {
  const fitting = routes
    .flatMap((route) => {
      const parameters = parametersOf(stepsOf(route.path), steps);
      return parameters ? [{ route, parameters }] : [];
    })
    .sort((a, b) => rank(a.route.path).localeCompare(rank(b.route.path)));
  for (const { route, parameters } of fitting) {
    const found = route.methods.get(method) ?? route.methods.get('ANY');
    if (found)
      return {
        resource: route.path,
        method: found,
        pathParameters: Object.keys(parameters).length > 0 ? parameters : null,
      };
  }
  return undefined;
}

function parametersOf(pattern: readonly string[], steps: readonly Step[]): Record<string, string> | undefined {
  const parameters: Record<string, string> = {};
  for (const [index, part] of pattern.entries()) {
    const name = /^\{(.+?)(\+?)\}$/.exec(part);
    const step = steps[index];
    if (step === undefined || (name && step.sent === '')) return undefined;
    if (name?.[2]) {
      const rest = steps.slice(index).map(({ sent }) => sent);
      return { ...parameters, [name[1]!]: rest.join('/') };
    }
    if (name) parameters[name[1]!] = step.sent;
    else if (part !== step.text) return undefined;
  }
  return pattern.length === steps.length ? parameters : undefined;
}

/** Sorts fixed parts first, then parameters, then greedy ones. */
const rank = (path: string): string =>
  stepsOf(path)
    .map((part) => (part.endsWith('+}') ? '2' : part.startsWith('{') ? '1' : '0'))
    .join('');
