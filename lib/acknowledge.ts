import { Validations } from 'aws-cdk-lib/core';
import type { IConstruct } from 'constructs';

/**
 * Accepts findings of cdk-nag's AwsSolutions pack for a construct and what is below it.
 *
 * @param findings by rule (`SQS3`), or by one finding of a rule (`IAM5[Resource::*]`), the reason that a reviewer reads
 */
export function acknowledge(construct: IConstruct, findings: Readonly<Record<string, string>>): void {
  Validations.of(construct).acknowledge(
    ...Object.entries(findings).map(([rule, reason]) => ({ id: `AwsSolutions-${rule}`, reason })),
  );
}
