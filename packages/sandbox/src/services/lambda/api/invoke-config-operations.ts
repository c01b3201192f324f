import { json, noContent, type RestInput, type RestOperation } from '../../../core/protocols/rest-operation.ts';
import {
  deleteInvokeConfig,
  getInvokeConfig,
  type InvokeConfigInput,
  putInvokeConfig,
} from '../functions/invoke-config.ts';
import type { LambdaCore } from '../lambda-core.ts';
import { invokeConfigShape } from './shapes.ts';
import { functionPermission, targetOf } from './target.ts';

const CONFIG = '/2019-09-25/functions/{FunctionName}/event-invoke-config';

/** How asynchronous invocations of a function are retried, and where they end. */
export function invokeConfigOperations(core: LambdaCore): Record<string, RestOperation> {
  const onFunction = (action: string) => (input: RestInput) => functionPermission(core, action, input);
  return {
    PutFunctionEventInvokeConfig: {
      method: 'PUT',
      route: CONFIG,
      permissions: onFunction('lambda:PutFunctionEventInvokeConfig'),
      handle({ input }) {
        const target = targetOf(core, input);
        return json(invokeConfigShape(core, target, putInvokeConfig(core, target, input.body as InvokeConfigInput)));
      },
    },
    UpdateFunctionEventInvokeConfig: {
      method: 'POST',
      route: CONFIG,
      permissions: onFunction('lambda:UpdateFunctionEventInvokeConfig'),
      handle({ input }) {
        const target = targetOf(core, input);
        const config = putInvokeConfig(core, target, input.body as InvokeConfigInput, getInvokeConfig(target));
        return json(invokeConfigShape(core, target, config));
      },
    },
    GetFunctionEventInvokeConfig: {
      method: 'GET',
      route: CONFIG,
      permissions: onFunction('lambda:GetFunctionEventInvokeConfig'),
      handle({ input }) {
        const target = targetOf(core, input);
        return json(invokeConfigShape(core, target, getInvokeConfig(target)));
      },
    },
    DeleteFunctionEventInvokeConfig: {
      method: 'DELETE',
      route: CONFIG,
      permissions: onFunction('lambda:DeleteFunctionEventInvokeConfig'),
      handle({ input }) {
        deleteInvokeConfig(targetOf(core, input));
        return noContent();
      },
    },
  };
}
