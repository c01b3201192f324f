import type { StateError } from '../language/state-error.ts';
import type { Frame } from './frame.ts';
import type { TaskLimits } from './perform-task.ts';
import type { TaskResource } from './task-resource.ts';

/** What the history tells of one attempt of a task. */
export interface TaskEvents {
  scheduled(parameters: string, limits: TaskLimits): void;
  submitted(output: string): void;
  succeeded(output: string): void;
  failed(error: StateError): void;
}

/** A function's own ARN has events of its own. */
export function taskEvents(frame: Frame, resource: TaskResource): TaskEvents {
  return resource.kind === 'lambda-function' ? functionEvents(frame, resource) : integrationEvents(frame, resource);
}

function integrationEvents({ thread }: Frame, { resource, resourceType }: TaskResource): TaskEvents {
  const named = { resource, resourceType };
  return {
    scheduled(parameters, { timeoutSeconds, heartbeatSeconds }) {
      const limits = { ...given('timeoutInSeconds', timeoutSeconds), ...given('heartbeatInSeconds', heartbeatSeconds) };
      thread.record('TaskScheduled', {
        taskScheduledEventDetails: { ...named, region: thread.run.region, parameters, ...limits },
      });
      thread.record('TaskStarted', { taskStartedEventDetails: named });
    },
    submitted: (output) =>
      void thread.record('TaskSubmitted', { taskSubmittedEventDetails: { ...named, ...whole(output) } }),
    succeeded: (output) =>
      void thread.record('TaskSucceeded', { taskSucceededEventDetails: { ...named, ...whole(output) } }),
    failed(error) {
      const details = { ...named, error: error.error, ...given('cause', error.reason) };
      if (error.error === 'States.Timeout') thread.record('TaskTimedOut', { taskTimedOutEventDetails: details });
      else thread.record('TaskFailed', { taskFailedEventDetails: details });
    },
  };
}

function functionEvents({ thread }: Frame, { arn }: TaskResource): TaskEvents {
  return {
    scheduled(input, { timeoutSeconds }) {
      thread.record('LambdaFunctionScheduled', {
        lambdaFunctionScheduledEventDetails: {
          resource: arn,
          input,
          inputDetails: { truncated: false },
          ...given('timeoutInSeconds', timeoutSeconds),
        },
      });
      thread.record('LambdaFunctionStarted');
    },
    submitted: () => undefined,
    succeeded: (output) =>
      void thread.record('LambdaFunctionSucceeded', { lambdaFunctionSucceededEventDetails: whole(output) }),
    failed(error) {
      const details = { error: error.error, ...given('cause', error.reason) };
      if (error.error === 'States.Timeout')
        thread.record('LambdaFunctionTimedOut', { lambdaFunctionTimedOutEventDetails: details });
      else thread.record('LambdaFunctionFailed', { lambdaFunctionFailedEventDetails: details });
    },
  };
}

const whole = (output: string) => ({ output, outputDetails: { truncated: false } });
const given = (name: string, value: unknown) => (value === undefined ? {} : { [name]: value });
