/** Our own command line against a deployed stack, as an operator and a client use it. */
import { node, type Ran, tail } from './commands.ts';
import { cloudOf, deployedOf, type Stage, type World } from './world.ts';

export type OwnCommandLine = {
  /** @throws unless it ends with exit code 0. @returns what it printed */
  does(...args: string[]): Promise<string>;
  /** @throws unless it ends with this exit code */
  endsWith(code: number, ...args: string[]): Promise<void>;
};

export function commandLineOf(world: World, stage: Stage, key = deployedOf(world, stage).key): OwnCommandLine {
  const { outputsFile } = deployedOf(world, stage);
  const env = { ...cloudOf(world).env, OWNER_PROFILES_KEY: key };
  const ran = (args: readonly string[]): Promise<Ran> =>
    node(world.root, 'bin/owner-profiles.mjs', [...args, '--outputs', outputsFile], { cwd: world.folder, env });
  const expect = async (code: number, args: readonly string[]) => {
    const { code: real, stdout, stderr } = await ran(args);
    if (real === code) return stdout;
    throw new Error(`${stage}: owner-profiles ${args.join(' ')}: exit code ${real}\n${tail(stdout + stderr)}`);
  };
  return {
    does: (...args) => expect(0, args),
    endsWith: async (code, ...args) => void (await expect(code, args)),
  };
}
