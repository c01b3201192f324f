import { json, noContent, type RestInput, type RestOperation } from '../../../core/protocols/rest-operation.ts';
import { addPermission, type PermissionSettings, policyOf, removePermission } from '../functions/function-policy.ts';
import type { LambdaCore } from '../lambda-core.ts';
import { resourceNotFound } from '../lambda-errors.ts';
import { functionPermission, targetOf } from './target.ts';

const POLICY = '/2015-03-31/functions/{FunctionName}/policy';

/** Who may invoke a function besides roles that are allowed to. */
export function policyOperations(core: LambdaCore): Record<string, RestOperation> {
  const onFunction = (action: string) => (input: RestInput) => functionPermission(core, action, input);
  return {
    AddPermission: {
      method: 'POST',
      route: POLICY,
      permissions: onFunction('lambda:AddPermission'),
      handle({ input }) {
        const settings = input.body as unknown as PermissionSettings;
        const statement = addPermission(targetOf(core, input), String(input.body.StatementId), settings);
        return json({ Statement: JSON.stringify(statement) }, 201);
      },
    },
    RemovePermission: {
      method: 'DELETE',
      route: `${POLICY}/{StatementId}`,
      permissions: onFunction('lambda:RemovePermission'),
      handle({ input }) {
        removePermission(targetOf(core, input), input.path.StatementId as string);
        return noContent();
      },
    },
    GetPolicy: {
      method: 'GET',
      route: POLICY,
      permissions: onFunction('lambda:GetPolicy'),
      handle({ input }) {
        const { record, qualifier, configuration } = targetOf(core, input);
        const policy = policyOf(record, qualifier);
        if (!policy) throw resourceNotFound('The resource you requested does not exist.');
        return json({ Policy: JSON.stringify(policy), RevisionId: configuration.revisionId });
      },
    },
  };
}
