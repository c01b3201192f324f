import { json, noContent, type RestInput, type RestOperation } from '../../../core/protocols/rest-operation.ts';
import { ApiError } from '../../../core/service.ts';
import type { FunctionTarget } from '../functions/function-store.ts';
import type { LambdaCore } from '../lambda-core.ts';
import type { Allocation } from '../provisioned/provisioned-concurrency.ts';
import { checkedProvisioning } from '../provisioned/put-provisioned.ts';
import { page } from './page.ts';
import { functionPermission, targetOf } from './target.ts';

const ROUTE = '/2019-09-30/functions/{FunctionName}/provisioned-concurrency';

const GET = 'lambda:GetProvisionedConcurrencyConfig';
const LIST = 'lambda:ListProvisionedConcurrencyConfigs';
/** The route of one qualifier's configuration lists those of all where the query asks for that. */
const isList = ({ query }: RestInput): boolean => query.get('List') === 'ALL';

/** Provisioned concurrency of aliases and versions. */
export function provisionedOperations(core: LambdaCore): Record<string, RestOperation> {
  const onFunction = (action: string) => (input: RestInput) => functionPermission(core, action, input);
  return {
    PutProvisionedConcurrencyConfig: {
      method: 'PUT',
      route: ROUTE,
      permissions: onFunction('lambda:PutProvisionedConcurrencyConfig'),
      handle({ input }) {
        const target = targetOf(core, input);
        const asked = input.body.ProvisionedConcurrentExecutions as number;
        const requested = checkedProvisioning(core, target, asked);
        return json(shape(core.provisioned.put(target.record, target.qualifier as string, requested)), 202);
      },
    },
    GetProvisionedConcurrencyConfig: {
      method: 'GET',
      route: ROUTE,
      permissions: (input) => functionPermission(core, isList(input) ? LIST : GET, input),
      handle({ input }) {
        if (isList(input)) return list(core, input);
        return json(shape(existing(core, targetOf(core, input))));
      },
    },
    DeleteProvisionedConcurrencyConfig: {
      method: 'DELETE',
      route: ROUTE,
      permissions: onFunction('lambda:DeleteProvisionedConcurrencyConfig'),
      async handle({ input }) {
        const { record, qualifier = '' } = targetOf(core, input);
        await core.provisioned.remove(record.name, qualifier);
        return noContent();
      },
    },
  };
}

function list(core: LambdaCore, input: RestInput) {
  const { record } = targetOf(core, input);
  const { items, marker } = page(input, core.provisioned.of(record.name));
  const configurations = items.map((allocation) => ({
    FunctionArn: core.functions.arn(record.name, allocation.qualifier),
    ...shape(allocation),
  }));
  return json({ ProvisionedConcurrencyConfigs: configurations, ...marker });
}

function existing(core: LambdaCore, { record, qualifier = '' }: FunctionTarget): Allocation {
  const allocation = core.provisioned.get(record.name, qualifier);
  if (allocation) return allocation;
  throw new ApiError(
    'ProvisionedConcurrencyConfigNotFoundException',
    'No Provisioned Concurrency Config found for this function',
    404,
    { Type: 'User' },
  );
}

function shape({ requested, status, statusReason, lastModified, set }: Allocation) {
  const allocated = set?.size ?? 0;
  return {
    RequestedProvisionedConcurrentExecutions: requested,
    AllocatedProvisionedConcurrentExecutions: allocated,
    AvailableProvisionedConcurrentExecutions: allocated,
    Status: status,
    ...(statusReason === undefined ? {} : { StatusReason: statusReason }),
    LastModified: new Date(lastModified).toISOString().replace('Z', '+0000'),
  };
}
