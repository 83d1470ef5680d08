import { z } from 'zod';

/** How requests move to a new version, by the names of CodeDeploy, `CodeDeployDefault.Lambda…` (user guide, "Working with deployment configurations"). */
export const shift = z.enum([
  'Canary10Percent5Minutes',
  'Canary10Percent10Minutes',
  'Canary10Percent15Minutes',
  'Canary10Percent30Minutes',
  'Linear10PercentEvery1Minute',
  'Linear10PercentEvery2Minutes',
  'Linear10PercentEvery3Minutes',
  'Linear10PercentEvery10Minutes',
]);
export type Shift = z.infer<typeof shift>;
