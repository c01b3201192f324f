import type { AwsCaller } from '../../../core/aws-calls/aws-caller.ts';
import type { Json, JsonObject } from '../../../core/protocols/json.ts';
import type { Completion, TaskCall, TaskRunner } from '../interpreter/run.ts';
import type { TaskResource } from '../interpreter/task-resource.ts';
import { callError } from './call-error.ts';
import { functionError, OPTIMISED, parsed } from './optimised.ts';
import type { TaskTokens } from './task-tokens.ts';

/** Whose tasks are run. */
export interface TaskCaller {
  readonly roleArn: string;
  readonly executionArn: string;
  readonly machineArn: string;
  /** The execution's name. */
  readonly sessionName: string;
}

export interface TaskRunnerDeps {
  readonly aws: AwsCaller;
  readonly tokens: TaskTokens;
  /** The end of an execution that a task started. */
  readonly completion: (executionArn: string, resource: TaskResource) => Completion;
}

/** Carries out the tasks of one execution, as its machine's role. */
export function taskRunner({ aws, tokens, completion }: TaskRunnerDeps, caller: TaskCaller): TaskRunner {
  const send = async ({ resource, signal }: TaskCall, service: string, input: Json): Promise<JsonObject> => {
    const { action } = resource;
    try {
      const { roleArn, sessionName } = caller;
      const { output, requestId } = await aws.call({ service, action, input, roleArn, sessionName, signal });
      return resource.kind === 'integration'
        ? { ...(output as JsonObject), ...sdkMetadata(requestId) }
        : (output as JsonObject);
    } catch (error) {
      throw callError(error, resource, service, aws.loaded(service));
    }
  };
  return {
    async call(task) {
      const { resource, parameters } = task;
      if (resource.kind === 'aws-sdk') return send(task, resource.service, parameters);
      if (resource.kind === 'lambda-function') {
        const output = await send(task, 'lambda', { FunctionName: resource.arn, Payload: JSON.stringify(parameters) });
        const payload = typeof output.Payload === 'string' ? output.Payload : '';
        if (output.FunctionError !== undefined) throw functionError(payload);
        return parsed(payload);
      }
      const optimised = OPTIMISED[resource.service]!;
      const input = optimised.input?.(parameters, caller) ?? parameters;
      const output = await send(task, optimised.service, input);
      return optimised.output?.(output) ?? output;
    },
    completion: (resource, submitted) => completion(String((submitted as JsonObject).ExecutionArn), resource),
    newToken: () => tokens.create(),
  };
}

/** What optimised integrations show of the answer besides its content. */
function sdkMetadata(requestId: string): JsonObject {
  return {
    SdkHttpMetadata: { HttpHeaders: { 'x-amzn-RequestId': requestId }, HttpStatusCode: 200 },
    SdkResponseMetadata: { RequestId: requestId },
  };
}
