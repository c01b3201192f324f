import { getAttTarget, type Intrinsic, intrinsicOf, isObject, SUB_VARIABLE, subArguments } from './intrinsic.ts';
import { conditionHolds } from './resolve-conditions.ts';
import type { Scope } from './scope.ts';

/** The resources whose conditions hold, each after all that it depends on, with those it depends on directly. Throws on a cycle. */
export function creationOrder(scope: Scope): ReadonlyMap<string, ReadonlySet<string>> {
  const resources = Object.entries(scope.template.Resources).filter(
    ([, { Condition }]) => Condition === undefined || conditionHolds(Condition, scope),
  );
  const dependencies = new Map(
    resources.map(([logicalId, { DependsOn = [], Properties }]) => {
      const found = new Set([DependsOn].flat());
      for (const name of found) checkExists(name, logicalId, scope);
      collect(Properties, scope, found);
      return [logicalId, found];
    }),
  );
  const order = new Map<string, ReadonlySet<string>>();
  const visit = (logicalId: string, path: readonly string[]): void => {
    if (order.has(logicalId)) return;
    if (path.includes(logicalId)) {
      throw new Error(
        `Circular dependency between resources: ${[...path.slice(path.indexOf(logicalId)), logicalId].join(' -> ')}.`,
      );
    }
    const direct = new Set([...dependencies.get(logicalId)!].filter((other) => dependencies.has(other)));
    for (const other of direct) visit(other, [...path, logicalId]);
    order.set(logicalId, direct);
  };
  for (const logicalId of dependencies.keys()) visit(logicalId, []);
  return order;
}

function checkExists(name: string, logicalId: string, scope: Scope): void {
  if (Object.hasOwn(scope.template.Resources, name)) return;
  throw new Error(`${logicalId} depends on ${name}, which the template does not have.`);
}

/** Collects the names that a node refers to; of a Fn::If, only those in the branch that is taken. */
function collect(node: unknown, scope: Scope, found: Set<string>): void {
  const call = intrinsicOf(node);
  if (call) collectFromCall(call, scope, found);
  else if (Array.isArray(node)) for (const one of node) collect(one, scope, found);
  else if (isObject(node)) for (const one of Object.values(node)) collect(one, scope, found);
}

function collectFromCall({ name, argument }: Intrinsic, scope: Scope, found: Set<string>): void {
  switch (name) {
    case 'Ref':
      found.add(String(argument));
      return;
    case 'Fn::GetAtt':
      found.add(getAttTarget(argument)[0]);
      return;
    case 'Fn::Sub':
      collectFromSub(argument, scope, found);
      return;
    case 'Fn::If': {
      const [condition, then, otherwise] = Array.isArray(argument) ? (argument as readonly unknown[]) : [];
      collect(conditionHolds(String(condition), scope) ? then : otherwise, scope, found);
      return;
    }
    default:
      collect(argument, scope, found);
  }
}

function collectFromSub(argument: unknown, scope: Scope, found: Set<string>): void {
  const [source, variables] = subArguments(argument);
  for (const [, literal, inner = ''] of source.matchAll(SUB_VARIABLE)) {
    const name = inner.trim();
    if (!literal && !Object.hasOwn(variables, name)) found.add(name.split('.')[0]!);
  }
  collect(variables, scope, found);
}
