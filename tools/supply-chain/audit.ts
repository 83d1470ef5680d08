/**
 * `node tools/supply-chain/audit.ts`: `npm audit` for a pipeline. A finding of high severity or more is a failure; a registry that
 * does not answer is a warning, because nothing is known then, and a build must not stop for a fault of others.
 */
import { spawnSync } from 'node:child_process';
import { pathToFileURL } from 'node:url';

export type Verdict = { readonly kind: 'clean' | 'findings' | 'unknown'; readonly says: string };

type Report = {
  readonly message?: string;
  readonly error?: { readonly code?: string; readonly summary?: string };
  readonly metadata?: { readonly vulnerabilities?: Readonly<Record<string, number>> };
  readonly vulnerabilities?: Readonly<Record<string, { readonly severity: string; readonly range: string }>>;
};

const SEVERE: readonly string[] = ['high', 'critical'];

/** @param printed what `npm audit --json` printed */
export function verdictOf(printed: string): Verdict {
  let report: Report;
  try {
    report = JSON.parse(printed);
  } catch {
    return { kind: 'unknown', says: 'npm audit printed no report' };
  }
  if (!report.metadata?.vulnerabilities) {
    const reason = report.message || report.error?.summary || report.error?.code || 'it gave no reason';
    return { kind: 'unknown', says: `the audit endpoint did not answer: ${reason}` };
  }
  const severe = Object.entries(report.vulnerabilities ?? {}).filter(([, { severity }]) => SEVERE.includes(severity));
  if (severe.length === 0) return { kind: 'clean', says: 'no finding of high severity or more' };
  return {
    kind: 'findings',
    says: severe.map(([name, { severity, range }]) => `${name} ${range}: ${severity}`).join('\n'),
  };
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const { stdout } = spawnSync('npm', ['audit', '--json'], { encoding: 'utf8', timeout: 120_000 });
  const { kind, says } = verdictOf(stdout ?? '');
  if (kind === 'unknown') console.warn(`WARNING: nothing was audited: ${says}`);
  else (kind === 'clean' ? console.log : console.error)(says);
  process.exitCode = kind === 'findings' ? 1 : 0;
}
