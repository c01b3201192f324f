import type { RestInput } from '../../../core/protocols/rest-operation.ts';
import type { RequiredPermission } from '../../../core/service.ts';
import { parseFunctionName } from '../functions/function-name.ts';
import { functionPolicy } from '../functions/function-policy.ts';
import type { FunctionTarget } from '../functions/function-store.ts';
import type { LambdaCore } from '../lambda-core.ts';

const qualifierOf = ({ query }: RestInput): string | undefined => query.get('Qualifier') ?? undefined;

/** The function that a request's path and Qualifier name. */
export function targetOf(core: LambdaCore, input: RestInput): FunctionTarget {
  return core.functions.resolve(input.path.FunctionName as string, qualifierOf(input));
}

/** An action on the function that a request names, judged by the caller's role or by the function's own policy. */
export function functionPermission(core: LambdaCore, action: string, input: RestInput): readonly RequiredPermission[] {
  const { name, qualifier } = parseFunctionName(input.path.FunctionName as string, qualifierOf(input));
  const resource = core.functions.arn(name, qualifier);
  const resourcePolicy = functionPolicy(core.functions, name, qualifier);
  return [{ action, resource, ...(resourcePolicy ? { resourcePolicy } : {}) }];
}
