/** Exit codes of the command line; `docs/reference/cli.md` lists them for scripts that branch on them. */
export const EXIT = { ok: 0, failed: 1, usage: 2, notFound: 3, refused: 4, exceeded: 5 } as const;
export type ExitCode = (typeof EXIT)[keyof typeof EXIT];

/** What went wrong, in one sentence, and how to fix it. Shown without a stack: it is for the user, not for developers. */
export class CliError extends Error {
  readonly hint: string | undefined;
  readonly exitCode: ExitCode;

  constructor(message: string, hint?: string, exitCode: ExitCode = EXIT.failed) {
    super(message);
    this.name = 'CliError';
    this.hint = hint;
    this.exitCode = exitCode;
  }
}

export function usage(message: string, hint?: string): CliError {
  return new CliError(message, hint, EXIT.usage);
}

export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
