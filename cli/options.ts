/** Options that commands share, checked as they are parsed: a wrong one is a usage error (exit code 2). */
import { type Command, InvalidArgumentError } from 'commander';
import { isAddressBlock } from '../functions/adapters/clients/addresses.ts';
import { SCOPES, type Scope } from '../functions/contracts/http/routes.ts';
import { parseDay } from '../functions/domain/values/day.ts';
import type { ConnectionOptions } from './connection.ts';

export type CommonOptions = ConnectionOptions & { readonly json?: boolean };

/** Options of a command and of the program. */
export function optionsOf<Options>(command: Command): CommonOptions & Options {
  return command.optsWithGlobals();
}

export function day(text: string): string {
  if (parseDay(text) === undefined) throw new InvalidArgumentError('write a day as YYYY-MM-DD.');
  return text;
}

export function instant(text: string): string {
  const form = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d+)?(Z|[+-]\d{2}:\d{2})$/;
  if (form.test(text) && !Number.isNaN(Date.parse(text))) return text;
  throw new InvalidArgumentError('write an instant with its offset, such as 2026-11-21T10:15:30Z.');
}

/** The scopes of a key for which none are named: the right to erase must be named. */
export const DEFAULT_SCOPES: readonly Scope[] = ['read', 'write'];

/** `read,write`, or repeated. */
export function scopes(text: string, before: readonly Scope[] | undefined): Scope[] {
  const named = text
    .split(',')
    .map((scope) => scope.trim())
    .filter(Boolean);
  const wrong = named.find((scope) => !SCOPES.includes(scope as Scope));
  if (wrong !== undefined) throw new InvalidArgumentError(`"${wrong}" is not one of ${SCOPES.join(', ')}.`);
  return [...new Set([...(before ?? []), ...(named as Scope[])])];
}

/** `10.0.0.0/8,2001:db8::/32`, or repeated. */
export function addresses(text: string, before: readonly string[] | undefined): string[] {
  const blocks = text
    .split(',')
    .map((block) => block.trim())
    .filter(Boolean);
  return [...(before ?? []), ...blocks.map(block)];
}

function block(text: string): string {
  if (isAddressBlock(text)) return text;
  throw new InvalidArgumentError(`"${text}" is neither an address nor a block such as 10.0.0.0/8.`);
}

/** `a,b`, or repeated. */
export function names(text: string, before: readonly string[] | undefined): string[] {
  return [
    ...(before ?? []),
    ...text
      .split(',')
      .map((name) => name.trim())
      .filter(Boolean),
  ];
}

/** `EUR`. */
export function currency(text: string): string {
  if (/^[A-Za-z]{3}$/.test(text)) return text.toUpperCase();
  throw new InvalidArgumentError(`"${text}" is not a currency code such as EUR.`);
}

export function wholeNumber(text: string): number {
  if (/^[1-9]\d{0,6}$/.test(text)) return Number(text);
  throw new InvalidArgumentError('write a whole number of at least 1.');
}

/** Repeatable, each value unchanged: it may contain commas. */
export function listed(text: string, before: readonly string[] | undefined): string[] {
  return [...(before ?? []), text];
}

/** Seconds to wait: a whole number up to a day. */
export function seconds(text: string): number {
  if (/^\d{1,5}$/.test(text) && Number(text) <= 86_400) return Number(text);
  throw new InvalidArgumentError(`"${text}" is not a number of seconds.`);
}
