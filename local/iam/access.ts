/**
 * Who may do what on the local servers. A function signs with its own name as access key, and may then do what its role may by the
 * template; a command of the command line with its own, and may do what its policy says. All other callers on this machine may do anything.
 */
import { appendFileSync, readFileSync } from 'node:fs';
import type { IncomingMessage } from 'node:http';
import { allowing, type Request, readStatement, type Statement } from './statements.ts';

/** Statements as in a policy document, by the name that signs. */
export type Policies = Readonly<Record<string, readonly unknown[]>>;

export type Place = { readonly region: string; readonly account: string };

/** A request that was allowed, and by which of its caller's statements: each only once. */
export type Use = { readonly caller: string; readonly action: string; readonly allowedBy: readonly number[] };

/** Files, because some servers are processes of their own. */
export type AccessOptions = {
  /** `Policies` */
  readonly policiesFile: string;
  /** Lines of JSON, each a `Use`. */
  readonly usesFile: string;
  readonly place: Place;
};

export type Access = {
  /** Of the resources that requests name. */
  readonly place: Place;
  /** @returns the text of a refusal, or undefined when all of the requests are allowed */
  refusal(request: IncomingMessage, requests: readonly Request[]): string | undefined;
};

/** Commands without a policy use the API alone. */
const COMMAND = /^cli-/;

export function openAccess({ policiesFile, usesFile, place }: AccessOptions): Access {
  const policies = JSON.parse(readFileSync(policiesFile, 'utf8')) as Policies;
  const statements = new Map<string, Statement[]>(
    Object.entries(policies).map(([caller, those]) => [caller, those.map(readStatement)]),
  );
  const known = new Set<string>();
  const note = (use: Use) => {
    const line = JSON.stringify(use);
    if (known.has(line)) return;
    known.add(line);
    appendFileSync(usesFile, `${line}\n`, { mode: 0o600 });
  };
  return {
    place,
    refusal(incoming, requests) {
      const caller = callerOf(incoming);
      const own = statements.get(caller) ?? (COMMAND.test(caller) ? [] : undefined);
      if (!own) return undefined;
      for (const request of requests) {
        const allowedBy = allowing(own, request);
        if (allowedBy.length === 0) {
          const { action, resource } = request;
          return `${caller} is not authorized to perform: ${action} on resource: ${resource} because no identity-based policy allows the ${action} action`;
        }
        note({ caller, action: request.action, allowedBy });
      }
      return undefined;
    },
  };
}

/** The access key of a request's signature, in its header or, in a signed URL, in its query. */
export function callerOf({ headers, url = '' }: Pick<IncomingMessage, 'headers' | 'url'>): string {
  const signed = /Credential=([^/,]+)/.exec(headers.authorization ?? '') ?? /[?&]X-Amz-Credential=([^&%/]+)/.exec(url);
  return signed?.[1] ?? 'anonymous';
}
