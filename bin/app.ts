import { Validations } from 'aws-cdk-lib';
import { AwsSolutionsChecks } from 'cdk-nag';
import { createApp } from '../lib/app.ts';

/** Entry point of the CDK: `npx cdk synth -c stage=prod`. A finding of cdk-nag that nobody acknowledged stops the synthesis. */
const app = createApp();
Validations.of(app).addPlugins(new AwsSolutionsChecks(app));
app.synth();
