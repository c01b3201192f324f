import { json, type RestInput, type RestOperation } from '../../../core/protocols/rest-operation.ts';
import type { LambdaCore } from '../lambda-core.ts';
import { oneOf } from '../parameter.ts';
import { functionPermission, targetOf } from './target.ts';

const ROUTE = '/2024-08-31/functions/{FunctionName}/recursion-config';

/** What Lambda does about a function that calls itself in a circle. The setting is kept; the sandbox itself detects no circles. */
export function recursionOperations(core: LambdaCore): Record<string, RestOperation> {
  const onFunction = (action: string) => (input: RestInput) => functionPermission(core, action, input);
  return {
    PutFunctionRecursionConfig: {
      method: 'PUT',
      route: ROUTE,
      permissions: onFunction('lambda:PutFunctionRecursionConfig'),
      handle({ input }) {
        const { record } = targetOf(core, input);
        record.recursiveLoop = oneOf('RecursiveLoop', String(input.body.RecursiveLoop), ['Allow', 'Terminate']);
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
