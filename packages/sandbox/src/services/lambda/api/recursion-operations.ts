import { json, type RestInput, type RestOperation } from '../../../core/protocols/rest-operation.ts';
import { setRecursiveLoop } from '../functions/create-function.ts';
import type { LambdaCore } from '../lambda-core.ts';
import { functionPermission, targetOf } from './target.ts';

const ROUTE = '/2024-08-31/functions/{FunctionName}/recursion-config';

/** What Lambda does about a function that calls itself in a circle. */
export function recursionOperations(core: LambdaCore): Record<string, RestOperation> {
  const onFunction = (action: string) => (input: RestInput) => functionPermission(core, action, input);
  return {
    PutFunctionRecursionConfig: {
      method: 'PUT',
      route: ROUTE,
      permissions: onFunction('lambda:PutFunctionRecursionConfig'),
      handle({ input }) {
        const { record } = targetOf(core, input);
        setRecursiveLoop(record, String(input.body.RecursiveLoop));
        return json({ RecursiveLoop: record.recursiveLoop });
      },
    },
    GetFunctionRecursionConfig: {
      method: 'GET',
      route: ROUTE,
      permissions: onFunction('lambda:GetFunctionRecursionConfig'),
      handle: ({ input }) => json({ RecursiveLoop: targetOf(core, input).record.recursiveLoop ?? 'Terminate' }),
    },
  };
}
