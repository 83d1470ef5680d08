/** Runs over all owners cost money: the command shows size and cost first, and a large run needs confirmation. */
import { type Command, InvalidArgumentError } from 'commander';
import type { Estimate } from '../../functions/contracts/http/previews.ts';
import type { Context } from '../context.ts';
import { CliError, EXIT, usage } from '../errors.ts';
import { confirmed } from '../terminal.ts';
import { counted, dollarsText, estimateText } from './preview-view.ts';

export type CostOptions = { readonly maxCost?: number; readonly yes?: boolean };

/** A run over this many owners or more takes a while and costs money, so it needs confirmation. */
const MANY_OWNERS = 1_000_000;

export function withCostOptions(command: Command): Command {
  return command
    .option('--max-cost <usd>', 'fail before the start when it is estimated to cost more', dollars)
    .option('--yes', `do not ask before more than ${counted(MANY_OWNERS)} owners are derived`);
}

/** @throws {CliError} if the run would cost more than allowed or is not confirmed; nothing was started then */
export async function agreedTo(
  estimate: Estimate,
  doing: string,
  { maxCost, yes }: CostOptions,
  context: Context,
): Promise<void> {
  const { owners, estimatedCostUsd } = estimate;
  context.note(`${doing} ${estimateText(estimate)}`);
  if (maxCost !== undefined && estimatedCostUsd > maxCost) {
    throw new CliError(
      `it would cost ${dollarsText(estimatedCostUsd)}, more than the ${maxCost} USD allowed`,
      'nothing was started; --max-cost allows more',
      EXIT.exceeded,
    );
  }
  if (owners <= MANY_OWNERS || yes) return;
  if (!context.interactive) throw usage(`${counted(owners)} owners would be derived`, 'confirm it with --yes');
  if (!(await confirmed(`Derive ${counted(owners)} owners?`))) throw new CliError('nothing was started');
}

function dollars(text: string): number {
  const number = Number(text);
  if (text.trim() !== '' && number >= 0 && Number.isFinite(number)) return number;
  throw new InvalidArgumentError('write an amount in USD, such as 5 or 0.50.');
}
