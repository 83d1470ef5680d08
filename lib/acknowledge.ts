import { Validations } from 'aws-cdk-lib/core';
import type { IConstruct } from 'constructs';

/** By rule, or by one finding of a rule (`IAM5[Resource::*]`), the reason that a reviewer reads. */
type Findings = Readonly<Record<string, string>>;

/** Packs of cdk-nag besides AwsSolutions, by the prefixes of their rules. Most of their rules are the same rule. */
const PACKS = { nist: 'NIST.800.53.R5', pci: 'PCI.DSS.321', hipaa: 'HIPAA.Security' } as const;
type Pack = keyof typeof PACKS;

/** Accepts findings of cdk-nag's AwsSolutions pack (`SQS3`) for a construct and what is below it. */
export function acknowledge(construct: IConstruct, findings: Findings): void {
  accept(construct, 'AwsSolutions', findings);
}

/** The same for the packs of NIST 800-53, PCI DSS and HIPAA: all three, or those that have the rules. */
export function acknowledgeIn(construct: IConstruct, packs: readonly Pack[] | 'all', findings: Findings): void {
  const named = packs === 'all' ? (Object.keys(PACKS) as Pack[]) : packs;
  for (const pack of named) accept(construct, PACKS[pack], findings);
}

function accept(construct: IConstruct, pack: string, findings: Findings): void {
  const rules = Object.entries(findings).map(([rule, reason]) => ({ id: `${pack}-${rule}`, reason }));
  Validations.of(construct).acknowledge(...rules);
}
