/** As much of API Gateway's control plane as clients' keys need (REST): making keys, finding them by name, putting them into plans. */
import { randomBytes, randomUUID } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { writePrivately } from '../files.ts';
import type { PlanOf } from '../gateway/usage.ts';
import { closeServer, LOOPBACK, listen, readBody } from '../http.ts';
import type { UsageSpec } from '../template/usage.ts';

type Key = { readonly id: string; readonly name: string; readonly value: string; readonly plans: readonly string[] };
type Answer = readonly [status: number, body: object, errorType?: string];

export type UsageOptions = { readonly file: string; readonly usage: UsageSpec };

export async function startUsage({ file, usage }: UsageOptions) {
  const made: Key[] = existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : [];
  const keep = () => writePrivately(file, `${JSON.stringify(made, null, 2)}\n`);

  const planOf: PlanOf = (value) => {
    const ids = [usage.keys.get(value), ...(made.find((key) => key.value === value)?.plans ?? [])];
    return usage.plans.find(({ id }) => ids.includes(id));
  };

  const makeKey = ({ name = '' }: { name?: string }): Answer => {
    const key = { id: randomUUID().slice(0, 8), name, value: randomBytes(20).toString('hex'), plans: [] };
    made.push(key);
    keep();
    return [201, key];
  };
  const joinPlan = (planId: string, { keyId }: { keyId?: string }): Answer => {
    const at = made.findIndex(({ id }) => id === keyId);
    const key = made[at];
    if (!key || !usage.plans.some(({ id }) => id === planId)) return fault(404, 'NotFoundException');
    if (key.plans.includes(planId)) return fault(409, 'ConflictException');
    made[at] = { ...key, plans: [...key.plans, planId] };
    keep();
    return [201, { id: key.id, type: 'API_KEY', name: key.name }];
  };
  const answerTo = (method: string, url: URL, body: object): Answer => {
    const [, planId] = /^\/usageplans\/([^/]+)\/keys$/.exec(url.pathname) ?? [];
    if (method === 'POST' && planId !== undefined) return joinPlan(planId, body);
    if (url.pathname !== '/apikeys') return fault(404, 'NotFoundException');
    if (method === 'POST') return makeKey(body);
    return [200, { item: made.filter(({ name }) => name.startsWith(url.searchParams.get('name') ?? '')) }];
  };

  const server = createServer(async (request, response) => {
    let answer: Answer;
    try {
      const body = JSON.parse((await readBody(request, 65_536)).toString() || '{}');
      answer = answerTo(request.method ?? '', new URL(request.url ?? '/', `http://${LOOPBACK}`), body);
    } catch {
      answer = fault(400, 'BadRequestException');
    }
    const [status, body, errorType] = answer;
    if (errorType !== undefined) response.setHeader('x-amzn-errortype', errorType);
    response.writeHead(status, { 'content-type': 'application/json', 'x-amzn-RequestId': randomUUID() });
    response.end(JSON.stringify(body));
  });
  const endpoint = `http://${LOOPBACK}:${await listen(server, 0)}`;
  return { endpoint, planOf, close: () => closeServer(server, 300) };
}

const fault = (status: number, errorType: string): Answer => [status, { message: errorType }, errorType];
