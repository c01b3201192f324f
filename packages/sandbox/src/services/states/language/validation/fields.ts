import type { State } from '../definition.ts';

const ENDING = ['Type', 'Comment', 'QueryLanguage', 'InputPath', 'OutputPath'];
const FLOWING = [...ENDING, 'Next', 'End'];
const PRODUCING = [...FLOWING, 'Parameters', 'ResultPath'];
const FAILING = [...PRODUCING, 'ResultSelector', 'Retry', 'Catch'];

/** Fields that only a Map state in DISTRIBUTED mode has. */
export const DISTRIBUTED_MAP_FIELDS = [
  'Label',
  'ItemReader',
  'ItemBatcher',
  'ResultWriter',
  'ToleratedFailurePercentage',
  'ToleratedFailurePercentagePath',
  'ToleratedFailureCount',
  'ToleratedFailureCountPath',
];

/** Fields of each type of state. */
export const FIELDS: Readonly<Record<State['Type'], readonly string[]>> = {
  Pass: [...PRODUCING, 'Result'],
  Task: [...FAILING, 'Resource', 'TimeoutSeconds', 'TimeoutSecondsPath', 'HeartbeatSeconds', 'HeartbeatSecondsPath'],
  Choice: [...ENDING, 'Choices', 'Default'],
  Wait: [...FLOWING, 'Seconds', 'SecondsPath', 'Timestamp', 'TimestampPath'],
  Succeed: [...ENDING],
  Fail: ['Type', 'Comment', 'QueryLanguage', 'Error', 'ErrorPath', 'Cause', 'CausePath'],
  Parallel: [...FAILING, 'Branches'],
  Map: [
    ...FAILING,
    'ItemProcessor',
    'Iterator',
    'ItemsPath',
    'ItemSelector',
    'MaxConcurrency',
    'MaxConcurrencyPath',
    ...DISTRIBUTED_MAP_FIELDS,
  ],
};

/** Fields of AWS that this interpreter does not have. JSONata's own among them: `Arguments`, `Output`, `Items`, `Condition`. */
export const NOT_EMULATED_FIELDS: ReadonlySet<string> = new Set([
  'Assign',
  'Arguments',
  'Output',
  'Items',
  'Condition',
  'Credentials',
]);

/** Fields that hold a path or an intrinsic function, which `InputPath` and its like may be too. */
export const PATH_FIELDS = [
  'InputPath',
  'OutputPath',
  'ItemsPath',
  'SecondsPath',
  'TimestampPath',
  'TimeoutSecondsPath',
  'HeartbeatSecondsPath',
  'MaxConcurrencyPath',
  'ToleratedFailurePercentagePath',
  'ToleratedFailureCountPath',
  'ErrorPath',
  'CausePath',
] as const;
