/** What `doctor` found out about one thing. `unknown`: it cannot be asked here. */
export type Verdict = 'well' | 'look' | 'unknown';
export type Finding = { readonly verdict: Verdict; readonly says: string; readonly todo?: string };

export const UNKNOWN: Finding = { verdict: 'unknown', says: 'not in the outputs' };
export const well = (says: string): Finding => ({ verdict: 'well', says });
export const look = (says: string, todo: string): Finding => ({ verdict: 'look', says, todo });
export const unknown = (says: string): Finding => ({ verdict: 'unknown', says });
