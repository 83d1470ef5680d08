/**
 * Libraries for comparison. They are dependencies of this folder alone (`npm ci --prefix bench`); one that is not installed, or
 * does not run on this platform, is left out and named.
 */
const missing = new Map<string, string>();

/** The library, or undefined when it cannot be loaded. The caller declares only the types that it uses. */
export async function peer<Module>(name: string): Promise<Module | undefined> {
  try {
    return (await import(name)) as Module;
  } catch (error) {
    missing.set(name, ((error as Error).message.split('\n')[0] ?? '').slice(0, 80));
    return undefined;
  }
}

/** Peers that could not be loaded so far. */
export function missingPeers(): string[] {
  return [...missing.keys()];
}
