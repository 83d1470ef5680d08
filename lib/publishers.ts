import { AccountPrincipal, ArnPrincipal, type IPrincipal } from 'aws-cdk-lib/aws-iam';
import type { StageSettings } from './stages.ts';

/** Who may send imports from other accounts, as the policies of queue and bucket name them. Their own account must allow it, too. */
export function publishers({ publishers }: StageSettings): IPrincipal[] {
  return publishers.map((who) => (who.startsWith('arn:') ? new ArnPrincipal(who) : new AccountPrincipal(who)));
}
