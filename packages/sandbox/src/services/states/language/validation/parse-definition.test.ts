import { expect, test } from '@jest/globals';
import { parseDefinition } from './parse-definition.ts';

const machine = (states: object, more: object = {}) => JSON.stringify({ StartAt: 'A', States: states, ...more });
const alone = (state: object) => machine({ A: { End: true, ...state } });
const task = { Type: 'Task', Resource: 'arn:aws:states:::sqs:sendMessage', End: true };

const problemsOf = (text: string): string => {
  const parsed = parseDefinition(text, (resource) =>
    resource.includes('glue') ? `the resource ${resource}` : undefined,
  );
  return parsed.kind === 'valid'
    ? ''
    : parsed.problems.map(({ code, message, location }) => `${code}: ${message} at ${location}`).join('\n');
};

test.each([
  [
    'every type of state',
    machine(
      {
        A: { Type: 'Pass', Result: 1, ResultPath: '$.x', Next: 'B', QueryLanguage: 'JSONPath' },
        B: { Type: 'Choice', Choices: [{ Variable: '$.x', NumericEquals: 1, Next: 'C' }], Default: 'F' },
        C: { Type: 'Wait', Seconds: 1, Next: 'D' },
        D: { Type: 'Parallel', Branches: [{ StartAt: 'T', States: { T: task } }], Next: 'E' },
        E: { Type: 'Map', ItemProcessor: { StartAt: 'T', States: { T: task } }, Next: 'S' },
        F: { Type: 'Fail', Error: 'X' },
        S: { Type: 'Succeed' },
      },
      { QueryLanguage: 'JSONPath', Comment: 'all', Version: '1.0', TimeoutSeconds: 5 },
    ),
  ],
  [
    'a distributed map',
    alone({
      Type: 'Map',
      ItemProcessor: {
        ProcessorConfig: { Mode: 'DISTRIBUTED', ExecutionType: 'EXPRESS' },
        StartAt: 'T',
        States: { T: task },
      },
      ItemReader: {
        Resource: 'arn:aws:states:::s3:getObject',
        ReaderConfig: { InputType: 'CSV', CSVHeaderLocation: 'FIRST_ROW' },
        Parameters: { 'Bucket.$': '$.b', Key: 'k' },
      },
      ItemBatcher: { MaxItemsPerBatch: 10 },
      ResultWriter: { Resource: 'arn:aws:states:::s3:putObject', Parameters: { Bucket: 'b' } },
      ToleratedFailurePercentage: 5,
    }),
  ],
])('%s is valid', (_name, text) => {
  expect(problemsOf(text)).toBe('');
});

test.each([
  ['no JSON', '{', 'INVALID_JSON_DESCRIPTION'],
  ['no StartAt', JSON.stringify({ States: { A: { Type: 'Succeed' } } }), 'These fields are required: [StartAt]'],
  ['no states', JSON.stringify({ StartAt: 'A', States: {} }), 'These fields are required: [States]'],
  [
    'a start that is not there',
    JSON.stringify({ StartAt: 'X', States: { A: { Type: 'Succeed' } } }),
    "MISSING_TRANSITION_TARGET: Missing 'StartAt' target: X at /StartAt",
  ],
  [
    'a target that is not there',
    machine({ A: { Type: 'Pass', Next: 'X' } }),
    "MISSING_TRANSITION_TARGET: Missing 'Next' target: X at /States/A/Next",
  ],
  [
    'a default that is not there',
    machine({ A: { Type: 'Choice', Choices: [{ Variable: '$.x', IsNull: true, Next: 'A' }], Default: 'X' } }),
    "Missing 'Default' target: X",
  ],
  ['no way on', machine({ A: { Type: 'Pass' } }), "A state must have either 'Next' or 'End'"],
  ['two ways on', machine({ A: { Type: 'Pass', Next: 'A', End: true } }), "A state must have either 'Next' or 'End'"],
  ['an unknown type', alone({ Type: 'Sleep' }), 'SCHEMA_VALIDATION_FAILED'],
  [
    'an unknown field',
    alone({ Type: 'Pass', Colour: 'red' }),
    "The field 'Colour' is not supported by Step Functions at /States/A/Colour",
  ],
  [
    'JSONata of the machine',
    machine({ A: { Type: 'Succeed' } }, { QueryLanguage: 'JSONata' }),
    'NOT_EMULATED: The sandbox does not emulate the query language JSONata at /QueryLanguage',
  ],
  [
    'JSONata of a state',
    alone({ Type: 'Pass', QueryLanguage: 'JSONata' }),
    'The sandbox does not emulate the query language JSONata at /States/A/QueryLanguage',
  ],
  [
    'variables',
    alone({ Type: 'Pass', Assign: { x: 1 } }),
    'The sandbox does not emulate Assign of a state at /States/A/Assign',
  ],
  ['arguments', alone({ ...task, Arguments: {} }), 'The sandbox does not emulate Arguments of a state'],
  ['a path that is none', alone({ Type: 'Pass', InputPath: 'x' }), "'InputPath' must be a valid JSONPath"],
  [
    'a template path that is none',
    alone({ ...task, Parameters: { a: [{ 'b.$': '$.[' }] } }),
    '/States/A/Parameters/a[0]/b.$',
  ],
  [
    'an intrinsic that is none',
    alone({ Type: 'Pass', Parameters: { 'x.$': 'States.Nope(1)' } }),
    '/States/A/Parameters/x.$',
  ],
  ['a result path with a wildcard', alone({ Type: 'Pass', ResultPath: '$.a[*]' }), 'must be a valid reference path'],
  ['a result path in the context', alone({ Type: 'Pass', ResultPath: '$$.a' }), 'must be a valid reference path'],
  ['no resource', alone({ Type: 'Task' }), 'Value is not a valid resource ARN at /States/A/Resource'],
  [
    'a resource that the sandbox lacks',
    alone({ ...task, Resource: 'arn:aws:states:::glue:startJobRun' }),
    'The sandbox does not emulate the resource arn:aws:states:::glue:startJobRun',
  ],
  [
    'a token that is not passed on',
    alone({ ...task, Resource: 'arn:aws:states:::sqs:sendMessage.waitForTaskToken' }),
    'must pass the task token',
  ],
  [
    'a heartbeat after the timeout',
    alone({ ...task, TimeoutSeconds: 5, HeartbeatSeconds: 5 }),
    "'HeartbeatSeconds' must be smaller",
  ],
  ['two timeouts', alone({ ...task, TimeoutSeconds: 5, TimeoutSecondsPath: '$.t' }), "Only one of 'TimeoutSeconds'"],
  ['two waits', alone({ Type: 'Wait', Seconds: 1, Timestamp: '2026-01-01T00:00:00Z' }), 'exactly one of'],
  ['no choices', machine({ A: { Type: 'Choice', Choices: [] } }), "'Choices' must be a non-empty array"],
  [
    'a comparison that is none',
    machine({ A: { Type: 'Choice', Choices: [{ Variable: '$.x', StringIs: 'a', Next: 'A' }] } }),
    "'StringIs' is not supported",
  ],
  [
    'a comparison with another type',
    machine({ A: { Type: 'Choice', Choices: [{ Variable: '$.x', NumericEquals: 'a', Next: 'A' }] } }),
    "'NumericEquals' must be a number",
  ],
  [
    'a path of StringMatches',
    machine({ A: { Type: 'Choice', Choices: [{ Variable: '$.x', StringMatchesPath: '$.y', Next: 'A' }] } }),
    "'StringMatchesPath' is not supported",
  ],
  [
    'States.ALL before another',
    alone({
      ...task,
      Catch: [
        { ErrorEquals: ['States.ALL'], Next: 'A' },
        { ErrorEquals: ['x'], Next: 'A' },
      ],
    }),
    "'States.ALL' must appear alone in the last",
  ],
  [
    'a retrier without errors',
    alone({ ...task, Retry: [{ MaxAttempts: 1 }] }),
    "'ErrorEquals' must be a non-empty array",
  ],
  [
    'a back-off below one',
    alone({ ...task, Retry: [{ ErrorEquals: ['x'], BackoffRate: 0.5 }] }),
    "'BackoffRate' must be at least 1.0",
  ],
  ['a catcher that leads nowhere', alone({ ...task, Catch: [{ ErrorEquals: ['x'] }] }), "must have a 'Next' field"],
  ['no item processor', alone({ Type: 'Map' }), "must have an 'ItemProcessor'"],
  [
    'a reader of an inline map',
    alone({ Type: 'Map', ItemReader: {}, ItemProcessor: { StartAt: 'T', States: { T: task } } }),
    "'ItemReader' is supported only by a Map state in DISTRIBUTED mode",
  ],
  [
    'a fault inside a branch',
    alone({ Type: 'Parallel', Branches: [{ StartAt: 'T', States: { T: { Type: 'Pass' } } }] }),
    'at /States/A/Branches[0]/States/T',
  ],
  [
    'Parquet',
    alone({
      Type: 'Map',
      ItemReader: { Resource: 'arn:aws:states:::s3:getObject', ReaderConfig: { InputType: 'PARQUET' } },
      ItemProcessor: {
        ProcessorConfig: { Mode: 'DISTRIBUTED', ExecutionType: 'STANDARD' },
        StartAt: 'T',
        States: { T: task },
      },
    }),
    'The sandbox does not emulate the input type PARQUET',
  ],
])('%s is refused', (_name, text, expected) => {
  expect(problemsOf(text)).toContain(expected);
});
