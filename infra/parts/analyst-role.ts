/** As whom does an analyst ask the lake? */
import { AccountRootPrincipal, Role } from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import { allowToAskLake, type LakeAccess } from './lake-access.ts';

/**
 * A role for whoever in this account is let assume it: its trust names the account, so each person needs `sts:AssumeRole` on it as well.
 * It has no ExternalId: that guards against a third party acting for someone else, and there is none here. It sees every creator.
 */
export class AnalystRole extends Construct {
  readonly role: Role;

  constructor(scope: Construct, id: string, props: Omit<LakeAccess, 'as'>) {
    super(scope, id);
    this.role = new Role(this, 'Role', {
      assumedBy: new AccountRootPrincipal(),
      description: 'Asks the lake in the workgroup of analysts; can change nothing',
    });
    allowToAskLake(this.role, { ...props, as: 'analysts' });
  }
}
