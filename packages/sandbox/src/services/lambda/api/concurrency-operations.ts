import { json, noContent, type RestInput, type RestOperation } from '../../../core/protocols/rest-operation.ts';
import { reserveConcurrency } from '../functions/create-function.ts';
import type { LambdaCore } from '../lambda-core.ts';
import { functionPermission, targetOf } from './target.ts';

/** Reserved concurrency, and the account's limits and usage. */
export function concurrencyOperations(core: LambdaCore): Record<string, RestOperation> {
  const onFunction = (action: string) => (input: RestInput) => functionPermission(core, action, input);
  return {
    PutFunctionConcurrency: {
      method: 'PUT',
      route: '/2017-10-31/functions/{FunctionName}/concurrency',
      permissions: onFunction('lambda:PutFunctionConcurrency'),
      handle({ input }) {
        const { record } = targetOf(core, input);
        reserveConcurrency(core, record, Number(input.body.ReservedConcurrentExecutions));
        return json({ ReservedConcurrentExecutions: record.reservedConcurrency });
      },
    },
    GetFunctionConcurrency: {
      method: 'GET',
      route: '/2019-09-30/functions/{FunctionName}/concurrency',
      permissions: onFunction('lambda:GetFunctionConcurrency'),
      handle({ input }) {
        const { reservedConcurrency } = targetOf(core, input).record;
        return json(reservedConcurrency === undefined ? {} : { ReservedConcurrentExecutions: reservedConcurrency });
      },
    },
    DeleteFunctionConcurrency: {
      method: 'DELETE',
      route: '/2017-10-31/functions/{FunctionName}/concurrency',
      permissions: onFunction('lambda:DeleteFunctionConcurrency'),
      handle({ input }) {
        reserveConcurrency(core, targetOf(core, input).record, undefined);
        return noContent();
      },
    },
    GetAccountSettings: {
      method: 'GET',
      route: '/2016-08-19/account-settings',
      permissions: () => [{ action: 'lambda:GetAccountSettings', resource: '*' }],
      handle() {
        const functions = core.functions.all();
        return json({
          AccountLimit: {
            TotalCodeSize: 322_122_547_200,
            CodeSizeUnzipped: 262_144_000,
            CodeSizeZipped: 52_428_800,
            ConcurrentExecutions: core.concurrency.accountLimit,
            UnreservedConcurrentExecutions: core.concurrency.unreservedLimit,
          },
          AccountUsage: {
            TotalCodeSize: functions.reduce((sum, { latest }) => sum + latest.code.sizeBytes, 0),
            FunctionCount: functions.length,
          },
        });
      },
    },
  };
}
