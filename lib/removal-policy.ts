import { RemovalPolicy } from 'aws-cdk-lib/core';
import type { StageSettings } from './stages.ts';

/**
 * What becomes of table, keys, secrets, queues and buckets when their stack goes or no longer names them. Where data is kept they
 * stay, except when the very deployment that made them fails: nothing is in them yet, and what is left behind would be orphaned.
 */
export function removalPolicyOf({ keepData }: Pick<StageSettings, 'keepData'>): RemovalPolicy {
  return keepData ? RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE : RemovalPolicy.DESTROY;
}
