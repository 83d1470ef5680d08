/** `webhooks`: where a client receives events, and how deliveries went. */
import type { Command } from 'commander';
import { InvalidArgumentError } from 'commander';
import { WEBHOOK_EVENTS } from '../../functions/contracts/http/webhook-events.ts';
import { type Call, call } from '../api.ts';
import { apiConnection } from '../connection.ts';
import type { Context } from '../context.ts';
import { optionsOf } from '../options.ts';
import { mark, safe, safeJson, table } from '../terminal.ts';

type Webhook = {
  readonly webhookId?: string;
  readonly url?: string;
  readonly events?: readonly string[];
  readonly enabled?: boolean;
  readonly switchedOff?: { readonly reason?: string } | null;
  readonly secret?: string;
};
type Attempt = Readonly<
  Record<'deliveryId' | 'at' | 'type' | 'id' | 'attempt' | 'status' | 'error' | 'durationMs' | 'nextAttemptAt', unknown>
>;

export function webhookCommands(cli: Command, context: Context): void {
  const webhooks = cli.command('webhooks').description('where you receive events, and how deliveries went');
  const ask = (command: Command, request: Omit<Call, 'path'> & { readonly path?: string }) => {
    const { path = '', ...rest } = request;
    return call(apiConnection(optionsOf<object>(command), context.env), { ...rest, path: `webhooks${path}` });
  };
  /** The answer as JSON if requested, else in words. */
  const show = (command: Command, answer: unknown, words: () => string) =>
    context.out(optionsOf<object>(command).json ? safeJson(answer) : words());

  webhooks
    .command('list')
    .description('all webhooks')
    .action(async (_: unknown, command: Command) => {
      const answer = await ask(command, { method: 'GET' });
      const { webhooks: list = [] } = answer as { webhooks?: Webhook[] };
      show(command, answer, () => table(['webhook', 'address', 'events', 'on', 'switched off'], list.map(rowOf)));
    });
  webhooks
    .command('create')
    .description('send events to an address; shows its secret once')
    .argument('<url>', 'https address')
    .option('--event <event>', `one of ${WEBHOOK_EVENTS.join(', ')}; repeatable (default: all)`, event)
    .action(async (url: string, _: unknown, command: Command) => {
      const { event: events = WEBHOOK_EVENTS } = optionsOf<{ event?: readonly string[] }>(command);
      const answer = (await ask(command, { method: 'POST', ...jsonOf({ url, events }) })) as Webhook;
      show(command, answer, () => `webhook  ${safe(answer.webhookId)}\nsecret   ${safe(answer.secret)}`);
      context.note('store the secret: it is not shown again');
    });
  for (const [name, enabled] of [
    ['enable', true],
    ['disable', false],
  ] as const) {
    one(webhooks, name, enabled ? 'send events to it again' : 'send no events to it', async (path, command) => {
      const { url, events } = (await ask(command, { method: 'GET', path })) as Webhook;
      const answer = await ask(command, { method: 'PUT', path, ...jsonOf({ url, events, enabled }) });
      show(command, answer, () => `${name}d`);
    });
  }
  one(webhooks, 'delete', 'remove it', async (path, command) => {
    await ask(command, { method: 'DELETE', path });
    context.out('deleted');
  });
  one(webhooks, 'secret', 'create a new secret, shown once', async (path, command) => {
    const answer = (await ask(command, { method: 'POST', path: `${path}/secret` })) as Webhook;
    show(command, answer, () => safe(answer.secret));
    context.note('for 24 hours deliveries are also signed with the previous secret');
  });
  one(webhooks, 'test', 'send a test event', async (path, command) => {
    const answer = (await ask(command, { method: 'POST', path: `${path}/test` })) as { id?: string };
    show(command, answer, () => `sent as ${safe(answer.id)}`);
  });
  one(webhooks, 'deliveries', 'the last attempts, newest first', async (path, command) => {
    const answer = await ask(command, { method: 'GET', path: `${path}/deliveries`, query: { limit: '50' } });
    const { deliveries = [] } = answer as { deliveries?: Attempt[] };
    const head = ['delivery', 'at', 'event', 'id', 'attempt', 'answer', 'ms', 'again at'];
    show(command, answer, () => table(head, deliveries.map(attemptRow)));
  });
  webhooks
    .command('retry')
    .description('send the event of a delivery again, once, under the same id')
    .argument('<id>', 'webhookId')
    .argument('<delivery>', 'as `webhooks deliveries` shows it')
    .action(async (id: string, delivery: string, _: unknown, command: Command) => {
      const path = `/${encodeURIComponent(id)}/deliveries/${encodeURIComponent(delivery)}/retry`;
      const answer = (await ask(command, { method: 'POST', path })) as { id?: string };
      show(command, answer, () => `sent again as ${safe(answer.id)}`);
    });
}

/** A command about one webhook. */
function one(
  webhooks: Command,
  name: string,
  description: string,
  act: (path: string, command: Command) => Promise<void>,
): void {
  webhooks
    .command(name)
    .description(description)
    .argument('<id>', 'webhookId')
    .action((id: string, _: unknown, command: Command) => act(`/${encodeURIComponent(id)}`, command));
}

function event(text: string, before: readonly string[] | undefined): string[] {
  if (WEBHOOK_EVENTS.some((name) => name === text)) return [...(before ?? []), text];
  throw new InvalidArgumentError(`"${text}" is not one of ${WEBHOOK_EVENTS.join(', ')}.`);
}

const jsonOf = (body: object) => ({
  body: Buffer.from(JSON.stringify(body)),
  headers: { 'content-type': 'application/json' },
});

function rowOf({ webhookId, url, events = [], enabled, switchedOff }: Webhook): string[] {
  return [safe(webhookId), safe(url), events.map(safe).join(' '), mark(enabled === true), safe(switchedOff?.reason)];
}

function attemptRow({
  deliveryId,
  at,
  type,
  id,
  attempt,
  status,
  error,
  durationMs,
  nextAttemptAt,
}: Attempt): string[] {
  return [deliveryId, at, type, id, attempt, error ?? status, durationMs, nextAttemptAt].map(safe);
}
