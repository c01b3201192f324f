import { isObject, type Json, type JsonObject } from '../../../core/protocols/json.ts';
import { StateError } from '../language/state-error.ts';

/** What an integration adds to the plain call of its service. */
export interface Optimised {
  /** As after `aws-sdk:`. */
  readonly service: string;
  readonly actions: readonly string[];
  /** Further ways to wait than for the answer: `sync:2`, `token`. */
  readonly patterns: readonly string[];
  readonly input?: (input: Json, caller: { readonly executionArn: string; readonly machineArn: string }) => Json;
  /** May throw StateError. */
  readonly output?: (output: JsonObject) => JsonObject;
}

/** By the name in the resource: `arn:aws:states:::events:putEvents`. */
export const OPTIMISED: Readonly<Record<string, Optimised>> = {
  lambda: { service: 'lambda', actions: ['invoke'], patterns: ['token'], output: lambdaOutput },
  dynamodb: { service: 'dynamodb', actions: ['getItem', 'putItem', 'updateItem', 'deleteItem'], patterns: [] },
  sqs: { service: 'sqs', actions: ['sendMessage'], patterns: ['token'] },
  sns: { service: 'sns', actions: ['publish'], patterns: ['token'] },
  events: {
    service: 'eventbridge',
    actions: ['putEvents'],
    patterns: ['token'],
    input: eventsInput,
    output: eventsOutput,
  },
  states: { service: 'sfn', actions: ['startExecution'], patterns: ['sync', 'sync:2', 'token'] },
};

/** The payload as JSON; an error of the function becomes the task's. */
function lambdaOutput(output: JsonObject): JsonObject {
  const payload = typeof output.Payload === 'string' ? output.Payload : '';
  if (output.FunctionError !== undefined) throw functionError(payload);
  return { ...output, Payload: parsed(payload) };
}

/** The error that a function threw: its type, and as its cause all that it answered. */
export function functionError(payload: string): StateError {
  const error = parsed(payload);
  if (isObject(error) && typeof error.errorType === 'string' && error.errorType !== '')
    return new StateError(error.errorType, payload);
  return new StateError(
    'Lambda.Unknown',
    `The cause could not be determined because Lambda did not return an error type. Returned payload: ${payload}`,
  );
}

/** The JSON of a payload; the text itself where it is none. */
export function parsed(payload: string): Json {
  if (payload === '') return null;
  try {
    return JSON.parse(payload) as Json;
  } catch {
    return payload;
  }
}

/** Step Functions adds itself to the resources of each event. */
function eventsInput(
  input: Json,
  { executionArn, machineArn }: { readonly executionArn: string; readonly machineArn: string },
): Json {
  if (!isObject(input) || !Array.isArray(input.Entries)) return input;
  const entries = input.Entries.map((entry: Json) =>
    isObject(entry)
      ? { ...entry, Resources: [...(Array.isArray(entry.Resources) ? entry.Resources : []), executionArn, machineArn] }
      : entry,
  );
  return { ...input, Entries: entries };
}

function eventsOutput(output: JsonObject): JsonObject {
  if (output.FailedEntryCount === 0 || output.FailedEntryCount === undefined) return output;
  throw new StateError('EventBridge.FailedEntry', JSON.stringify(output));
}
