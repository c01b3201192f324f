import type { StackResource, StackView } from '../stack-view.ts';
import { isRecord, listOf, textsIn, valueAt } from '../template.ts';
import { policiesOf } from './callers.ts';

/** What calls a function with a role of its own, so that no `AWS::Lambda::Permission` tells of it: where it names the function. */
const CALLED_AT: Readonly<Record<string, readonly string[]>> = {
  'AWS::Scheduler::Schedule': ['Target'],
  'AWS::Events::Rule': ['Targets'],
  'AWS::Lambda::EventInvokeConfig': ['DestinationConfig'],
  'AWS::Pipes::Pipe': ['Target', 'Enrichment'],
  'AWS::StepFunctions::StateMachine': ['Definition', 'DefinitionString', 'DefinitionSubstitutions'],
  'AWS::ApiGateway::Method': ['Integration'],
  'AWS::ApiGatewayV2::Integration': ['IntegrationUri'],
  'AWS::AppSync::DataSource': ['LambdaConfig'],
  'AWS::Lambda::Url': ['TargetFunctionArn'],
};

/** Those of them that do not wait for the answer; EventBridge Scheduler User Guide, "Using templated targets": `InvocationType` is `Event`. */
const ASYNCHRONOUS = ['AWS::Scheduler::Schedule', 'AWS::Events::Rule', 'AWS::Lambda::EventInvokeConfig'];

const INVOKES = /^(\*|lambda:(\*|Invoke.*))$/i;

/** Resources of the stack that call a function, mappings and leaves aside: services by a role, and functions that know it and may. */
export function invokersOf(stack: StackView, fn: StackResource): readonly StackResource[] {
  const services = stack
    .all()
    .filter(({ Type, Properties }) => CALLED_AT[Type]?.some((path) => stack.means(valueAt(Properties, path), fn)));
  const functions = stack
    .ofType('AWS::Lambda::Function')
    .filter((other) => other !== fn && mayInvoke(stack, other, fn));
  return [...services, ...functions];
}

/** Whether an invoker drops what fails: it has long gone on. */
export function isAsynchronous({ Type, Properties }: StackResource): boolean {
  const ofPipe = valueAt(Properties, 'TargetParameters.LambdaFunctionParameters.InvocationType');
  return ASYNCHRONOUS.includes(Type) || ofPipe === 'FIRE_AND_FORGET';
}

function mayInvoke(stack: StackView, caller: StackResource, fn: StackResource): boolean {
  return policiesOf(stack, caller)
    .flatMap(statementsIn)
    .some(
      ({ Action, Resource }) => textsIn(Action).some((action) => INVOKES.test(action)) && stack.means(Resource, fn),
    );
}

/** Statements of policy documents, however deep they lie. */
function statementsIn(policies: unknown): readonly Readonly<Record<string, unknown>>[] {
  if (Array.isArray(policies)) return policies.flatMap(statementsIn);
  if (!isRecord(policies)) return [];
  if ('Statement' in policies) return listOf(policies.Statement).filter(isRecord);
  return Object.values(policies).flatMap(statementsIn);
}
