import { readFileSync } from 'node:fs';
import { App, type AppProps } from 'aws-cdk-lib/core';
import recommendedFlags from 'aws-cdk-lib/recommended-feature-flags.json' with { type: 'json' };
import { parse } from 'yaml';
import { OwnerProfilesStack } from './owner-profiles-stack.ts';
import { SettingsError } from './settings-error.ts';
import { type StageName, type StageSettings, stageNamed } from './stages.ts';

/**
 * The app with its one stack, not yet synthesized.
 *
 * Feature flags are set here rather than in `cdk.json`, because only the CDK's command line reads that file: so the command line, the tests
 * and the local service see the same template. The flags are those of the pinned aws-cdk-lib.
 *
 * @param stage a stage, by name or with settings of its own; otherwise the context names it (`-c stage=prod`), or it is `dev`
 * @throws {SettingsError} when there is no such stage, or a file of settings cannot be read or is not valid
 */
export function createApp(stage?: StageName | StageSettings, props: AppProps = {}): App {
  const app = new App({
    analyticsReporting: false,
    ...props,
    context: {
      ...recommendedFlags,
      // What the command line adds by itself, so that the template is the same without it.
      'aws:cdk:enable-asset-metadata': true,
      'aws:cdk:enable-path-metadata': true,
      ...props.context,
    },
  });
  const settings = typeof stage === 'object' ? stage : settingsOf(app, stage);
  new OwnerProfilesStack(app, settings.stackName, { settings });
  return app;
}

/** The settings of a deployment, from the context: `-c stage=prod -c name=blue -c settings=prod.yaml -c first=true -c urgent=true`. */
function settingsOf(app: App, stage: StageName | undefined): StageSettings {
  const given = (name: string): string | undefined => app.node.tryGetContext(name);
  const file = given('settings');
  return stageNamed(stage ?? given('stage') ?? 'dev', {
    label: given('name'),
    first: String(given('first')) === 'true',
    urgent: String(given('urgent')) === 'true',
    ...(file !== undefined && { changes: contentOf(file) }),
  });
}

function contentOf(file: string): unknown {
  try {
    return parse(readFileSync(file, 'utf8'));
  } catch (error) {
    throw new SettingsError(`The settings in ${file} cannot be read: ${(error as Error).message}`);
  }
}
