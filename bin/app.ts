import { Validations } from 'aws-cdk-lib';
import { AwsSolutionsChecks } from 'cdk-nag';
import { createApp } from '../lib/app.ts';

/** Entry point of the CDK: `npx cdk synth -c stage=prod`. A cdk-nag finding without an acknowledgement stops the synthesis. */
const app = createApp();
Validations.of(app).addPlugins(new AwsSolutionsChecks(app));
app.synth();
