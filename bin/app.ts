import { Validations } from 'aws-cdk-lib';
import { AwsSolutionsChecks } from 'cdk-nag';
import { createApp } from '../lib/app.ts';
import { SettingsError } from '../lib/settings-error.ts';

/** Entry point of the CDK: `npx cdk synth -c stage=prod`. A cdk-nag finding without an acknowledgement stops the synthesis. */
try {
  const app = createApp();
  Validations.of(app).addPlugins(new AwsSolutionsChecks(app));
  app.synth();
} catch (error) {
  if (!(error instanceof SettingsError)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 1;
}
