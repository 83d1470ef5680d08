import { join } from 'node:path';
import { copyWith, resourcesIn, synthesized } from '../assembly.ts';
import { type Resource, type Resources, withoutLeftOut } from '../left-out.ts';
import { commandLineOf } from '../own-command-line.ts';
import { changedSettings } from '../settings.ts';
import { deploy, idsThatReached, statusOf } from '../stacks.ts';
import type { Step } from '../step.ts';
import { OWNER } from './whole-path.ts';

/** Other settings, and a tag on everything that has tags: no construct stays as it was. The data does. */
export const update: Step = {
  name: 'update',
  needs: ['whole-path'],
  async run(world) {
    const cli = commandLineOf(world, 'dev');
    const before = await cli.does('get', OWNER, '--json');
    const old = resourcesIn(join(world.folder, 'dev-deployed'));
    const settings = changedSettings(world.folder);
    const assembly = await synthesized(world, 'dev-changed', { stage: 'dev', settings });
    const copy = copyWith(assembly, 'deployed', (resources) => tagged(withoutLeftOut(resources)));
    const changed = changedIn(old, resourcesIn(copy));
    const untouched = constructsOf(Object.values(old)).difference(constructsOf(changed.map((id) => old[id])));
    if (untouched.size > 0) throw new Error(`the update changes nothing in ${[...untouched].join(', ')}`);

    const { stackName } = await deploy(world, 'dev', copy);
    const status = await statusOf(world, stackName);
    if (status !== 'UPDATE_COMPLETE') throw new Error(`after the update: ${status}`);
    const updated = await idsThatReached(world, stackName, 'UPDATE_COMPLETE');
    const missed = changed.filter((id) => !updated.has(id));
    if (missed.length > 0) throw new Error(`not updated: ${missed.join(', ')}`);

    await cli.does('doctor');
    if ((await cli.does('get', OWNER, '--json')) !== before) throw new Error(`${OWNER} has another answer`);
    return `${changed.length} resources in all ${constructsOf(Object.values(old)).size} constructs; answers as before`;
  },
};

function tagged(resources: Resources): Resources {
  const withTag = (resource: Resource): Resource => {
    const tags = resource.Properties?.['Tags'];
    if (!Array.isArray(tags)) return resource;
    const Tags = [...tags, { Key: 'rehearsal', Value: 'update' }];
    return { ...resource, Properties: { ...resource.Properties, Tags } };
  };
  return Object.fromEntries(Object.entries(resources).map(([id, resource]) => [id, withTag(resource)]));
}

/** Ids of resources that both have, with other properties. */
function changedIn(old: Resources, now: Resources): string[] {
  const text = (resource: Resource | undefined) => JSON.stringify(resource?.Properties);
  return Object.keys(now).filter((id) => old[id] && text(old[id]) !== text(now[id]));
}

/** `ImportQueue` of `OwnerProfiles-dev/ImportQueue/Imports/Resource`. */
function constructsOf(resources: readonly (Resource | undefined)[]): Set<string> {
  return new Set(resources.map((resource) => String(resource?.Metadata?.['aws:cdk:path']).split('/')[1] ?? ''));
}
