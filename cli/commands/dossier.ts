/** `dossier`: all data about one person, for their request of access (GDPR, Art. 15). */
import { createHash } from 'node:crypto';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Command } from 'commander';
import { counted } from '../catalogue/preview-view.ts';
import { apiConnection } from '../connection.ts';
import type { Context } from '../context.ts';
import { collectDossier } from '../dossier/collect.ts';
import { renderDossier } from '../dossier/render.ts';
import { CliError, messageOf } from '../errors.ts';
import { optionsOf } from '../options.ts';
import { safe, safeJson } from '../terminal.ts';

type Options = { readonly out: string };

/** It is a person's whole bank history: only the user who wrote it may read it. */
const [PRIVATE_FILE, PRIVATE_FOLDER] = [0o600, 0o700];
const LONGEST_NAME = 60;

export function dossierCommand(cli: Command, context: Context): void {
  cli
    .command('dossier')
    .description('everything stored about an owner, as a page and as JSON, for a request under Art. 15 GDPR')
    .argument('<owner>', 'ownerExternalId')
    .option('--out <dir>', 'folder for the two files', '.')
    .action(async (owner: string, _: unknown, command: Command) => {
      const options = optionsOf<Options>(command);
      const told = new Map<string, number>();
      const dossier = await collectDossier(apiConnection(options, context.env), owner, (what, count) => {
        if (context.interactive && count !== told.get(what)) context.note(`${what}: ${counted(count)}`);
        told.set(what, count);
      });
      const files = {
        html: written(options.out, `${nameFor(owner)}.html`, renderDossier(dossier)),
        json: written(options.out, `${nameFor(owner)}.json`, `${safeJson(dossier)}\n`),
      };
      if (options.json) return context.out(safeJson(files));
      const { transactions, explanations } = dossier;
      context.note(`${counted(transactions.length)} transactions, ${counted(explanations.length)} profiles explained`);
      for (const file of Object.values(files)) context.out(safe(file));
    });
}

/** Ids may hold any character; the hash keeps apart those that look the same without it. */
function nameFor(owner: string): string {
  const readable = owner.replaceAll(/[^A-Za-z0-9-]+/g, '_').slice(0, LONGEST_NAME);
  return `dossier-${readable}-${createHash('sha256').update(owner).digest('hex').slice(0, 8)}`;
}

function written(folder: string, name: string, text: string): string {
  const file = join(folder, name);
  try {
    mkdirSync(folder, { recursive: true, mode: PRIVATE_FOLDER });
    // An existing file keeps its permissions, and a link its target: remove either first.
    rmSync(file, { force: true });
    writeFileSync(file, text, { mode: PRIVATE_FILE, flag: 'wx' });
  } catch (error) {
    throw new CliError(`cannot write ${file}: ${messageOf(error)}`, 'name another folder by --out');
  }
  return file;
}
