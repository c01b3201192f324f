import { resolveDynamicReferences } from './dynamic-references.ts';
import { getAttTarget, type Intrinsic, intrinsicOf, isObject, SUB_VARIABLE, subArguments } from './intrinsic.ts';
import { conditionHolds } from './resolve-conditions.ts';
import { NO_VALUE, pseudoParameter, type Scope } from './scope.ts';
import { LANGUAGE_EXTENSIONS } from './template.ts';

/** A node of a template with every intrinsic function and dynamic reference replaced by its value. */
export function resolveValue(node: unknown, scope: Scope): unknown {
  if (typeof node === 'string') return resolveDynamicReferences(node, scope);
  const call = intrinsicOf(node);
  if (call) return settle(apply(call, scope), scope);
  if (Array.isArray(node)) return node.map((one) => resolveValue(one, scope)).filter((one) => one !== NO_VALUE);
  if (!isObject(node)) return node;
  const members = Object.entries(node).map(([name, value]) => [name, resolveValue(value, scope)] as const);
  return Object.fromEntries(members.filter(([, value]) => value !== NO_VALUE));
}

/** A function may put together a dynamic reference: `{{resolve:ssm:/${Stage}/key}}`. */
const settle = (value: unknown, scope: Scope): unknown =>
  typeof value === 'string' ? resolveDynamicReferences(value, scope) : value;

function apply({ name, argument }: Intrinsic, scope: Scope): unknown {
  const apply = Object.hasOwn(FUNCTIONS, name) ? FUNCTIONS[name] : undefined;
  if (!apply) throw new Error(`The sandbox does not resolve ${name}.`);
  return apply(argument, scope);
}

/** Source: CloudFormation Template Reference Guide, "Intrinsic function reference". */
const FUNCTIONS: Readonly<Record<string, (argument: unknown, scope: Scope) => unknown>> = {
  Ref: (argument, scope) => reference(String(argument), scope),
  'Fn::GetAtt': (argument, scope) => {
    const [logicalId, attribute] = getAttTarget(argument);
    return attributeOf(logicalId, text(resolveValue(attribute, scope), 'Fn::GetAtt'), scope);
  },
  'Fn::Sub': (argument, scope) => substitute(argument, scope),
  'Fn::Join': (argument, scope) => {
    const [delimiter, values] = list(argument, 'Fn::Join', scope);
    return list(values, 'Fn::Join', scope)
      .map((value) => text(value, 'Fn::Join'))
      .join(text(delimiter, 'Fn::Join'));
  },
  'Fn::Split': (argument, scope) => {
    const [delimiter, source] = list(argument, 'Fn::Split', scope);
    return text(source, 'Fn::Split').split(text(delimiter, 'Fn::Split'));
  },
  'Fn::Select': (argument, scope) => {
    const [index, values] = list(argument, 'Fn::Select', scope);
    const value = list(values, 'Fn::Select', scope)[Number(index)];
    if (value === undefined) throw new Error(`Fn::Select cannot select value at index ${String(index)}.`);
    return value;
  },
  'Fn::If': (argument, scope) => {
    const [condition, then, otherwise] = Array.isArray(argument) ? (argument as readonly unknown[]) : [];
    return resolveValue(conditionHolds(text(condition, 'Fn::If'), scope) ? then : otherwise, scope);
  },
  'Fn::FindInMap': (argument, scope) => findInMap(list(argument, 'Fn::FindInMap', scope), scope),
  'Fn::ImportValue': (argument, scope) => scope.imported(text(resolveValue(argument, scope), 'Fn::ImportValue')),
  'Fn::Base64': (argument, scope) => Buffer.from(text(resolveValue(argument, scope), 'Fn::Base64')).toString('base64'),
  'Fn::GetAZs': (argument, scope) => {
    const region = text(resolveValue(argument, scope), 'Fn::GetAZs') || scope.region;
    return ['a', 'b', 'c'].map((zone) => region + zone);
  },
  'Fn::ToJsonString': (argument, scope) => {
    needLanguageExtensions('Fn::ToJsonString', scope);
    return JSON.stringify(resolveValue(argument, scope));
  },
  'Fn::Length': (argument, scope) => {
    needLanguageExtensions('Fn::Length', scope);
    return list(argument, 'Fn::Length', scope).length;
  },
};

function reference(name: string, scope: Scope): unknown {
  const value = pseudoParameter(name, scope) ?? scope.parameters.get(name) ?? scope.resources.get(name)?.ref;
  if (value === undefined) throw unresolved(name, scope);
  return value;
}

function attributeOf(logicalId: string, attribute: string, scope: Scope): unknown {
  const resource = scope.resources.get(logicalId);
  if (!resource) throw unresolved(logicalId, scope);
  const value = resource.attributes?.[attribute];
  if (value !== undefined) return value;
  const type = scope.template.Resources[logicalId]?.Type ?? '';
  throw new Error(`The sandbox gives ${type} (${logicalId}) no attribute ${attribute}.`);
}

function unresolved(name: string, scope: Scope): Error {
  return Object.hasOwn(scope.template.Resources, name)
    ? new Error(`The resource ${name} is not created: its condition does not hold, or it comes later.`)
    : new Error(`Unresolved resource dependency [${name}]: the template has no such parameter or resource.`);
}

function substitute(argument: unknown, scope: Scope): string {
  const [source, variables] = subArguments(argument);
  return source.replace(SUB_VARIABLE, (_, literal: string, inner: string) => {
    const name = inner.trim();
    if (literal) return `\${${inner}}`;
    if (Object.hasOwn(variables, name)) return text(resolveValue(variables[name], scope), 'Fn::Sub');
    const dot = name.indexOf('.');
    return text(
      dot < 0 ? reference(name, scope) : attributeOf(name.slice(0, dot), name.slice(dot + 1), scope),
      'Fn::Sub',
    );
  });
}

function findInMap([map, top, second, options]: readonly unknown[], scope: Scope): unknown {
  const [mapName, topKey, secondKey] = [map, top, second].map((key) => text(key, 'Fn::FindInMap'));
  const value = scope.template.Mappings?.[mapName!]?.[topKey!]?.[secondKey!];
  if (value !== undefined) return value;
  if (isObject(options) && options.DefaultValue !== undefined) {
    needLanguageExtensions('Fn::FindInMap with a DefaultValue', scope);
    return options.DefaultValue;
  }
  throw new Error(`Fn::FindInMap finds nothing at ${mapName} / ${topKey} / ${secondKey}.`);
}

function needLanguageExtensions(name: string, { template }: Scope): void {
  if ([template.Transform ?? []].flat().includes(LANGUAGE_EXTENSIONS)) return;
  throw new Error(`${name} needs the transform ${LANGUAGE_EXTENSIONS}.`);
}

function list(node: unknown, name: string, scope: Scope): readonly unknown[] {
  const value = resolveValue(node, scope);
  if (Array.isArray(value)) return value;
  throw new Error(`${name} needs a list, not ${JSON.stringify(value)}.`);
}

function text(value: unknown, name: string): string {
  if (typeof value === 'string') return value;
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  throw new Error(`${name} needs text, not ${JSON.stringify(value)}.`);
}
