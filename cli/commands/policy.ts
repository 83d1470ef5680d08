/** `policy`: what commands may do on AWS, as a policy for those who run them. */
import type { Command } from 'commander';
import { readOutputs } from '../connection.ts';
import type { Context } from '../context.ts';
import { usage } from '../errors.ts';
import { optionsOf } from '../options.ts';
import { COMMANDS } from '../policies/commands.ts';
import { placesOf } from '../policies/places.ts';

export function policyCommand(cli: Command, context: Context): void {
  cli
    .command('policy')
    .description('print the IAM policy with the fewest rights that a command needs (operators)')
    .argument('<command...>', 'such as keys create, or keys for all of its commands')
    .action((words: string[], _: unknown, command: Command) => {
      const asked = words.join(' ');
      const chosen = Object.entries(COMMANDS).filter(([name]) => `${name} `.startsWith(`${asked} `));
      if (chosen.length === 0) {
        throw usage(
          `"${asked}" needs no rights on AWS, or is not a command`,
          `those that do: ${Object.keys(COMMANDS).join(', ')}`,
        );
      }
      const outputs = readOutputs(optionsOf<object>(command), context.env);
      if (!outputs)
        throw usage(
          'the address of the service is not known',
          'give --outputs FILE of `cdk deploy --outputs-file FILE`',
        );
      const places = placesOf(outputs);
      const statements = chosen.flatMap(([, rights]) => rights(places)).map((statement) => JSON.stringify(statement));
      // Commands share statements: each once.
      const Statement = [...new Set(statements)].map((text): unknown => JSON.parse(text));
      context.out(JSON.stringify({ Version: '2012-10-17', Statement }, null, 2));
    });
}
