import type { Aspect } from '../coverage-report.ts';
import type { CoverageRule, ServiceRules, Surroundings } from '../coverage-rule.ts';
import type { StackResource, StackView } from '../stack-view.ts';
import { deadLetterOf } from '../watches/dead-letters.ts';
import { distributionsOf } from '../watches/edge.ts';
import { isCalledAsynchronously } from '../watches/event-sources.ts';
import { isOfFramework } from '../watches/framework-functions.ts';
import { whoHears } from '../watches/heard.ts';
import { isOfKafka, isOfStream, lagAlarms } from '../watches/lag.ts';
import { takesSubscription } from '../watches/log-groups.ts';

const ALARM = 'put an alarm on AWS/Lambda Errors';
const UNHEARD = {
  why: 'nothing reads its logs, and no alarm is on its errors',
  mend: `subscribe its log group (plugins: [serverless-lamplighter]), or ${ALARM}`,
};
/** A service that has the plugin is not told to add it. */
const LEFT_OUT = {
  ...UNHEARD,
  mend: `have serverless-lamplighter subscribe its log group (that of a function under functions, not excluded, in this template, with room for a filter), or ${ALARM}`,
};
const LOGLESS = {
  why: 'it writes no logs, or to a log group that takes no subscription, and no alarm is on its errors',
  mend: `have it log to a group of the class STANDARD (no disableLogs), or ${ALARM}`,
};

const AT_EDGE = {
  why: 'CloudFront calls it at the edge, where it logs to /aws/lambda/us-east-1.<name> in the region next to each viewer, and no alarm is on what viewers get',
  mend: 'put an alarm on the 5xxErrorRate of its distribution (in us-east-1)',
};

/** Would anybody see a function fail, and is what it failed on kept? */
const functionRule: CoverageRule = (fn, stack, around) => {
  if (isOfFramework(fn)) return [];
  const failures: Aspect = {
    aspect: 'failures',
    watchedBy: whoHears(stack, fn, around),
    ...unheardBecause(stack, fn, around),
  };
  if (!isCalledAsynchronously(stack, fn)) return [failures];
  const configs = stack
    .ofType('AWS::Lambda::EventInvokeConfig')
    .filter((config) => stack.isThereWith(config, fn) && stack.means(config.Properties?.FunctionName, fn));
  const lost: Aspect = {
    aspect: 'lost-events',
    watchedBy: [fn, ...configs].flatMap((each) => deadLetterOf(stack, each)),
    why: 'it is called asynchronously: an event that failed three times is dropped, and leaves nothing behind',
    mend: 'destinations: { onFailure: <queue> } on the function, or onError: <topic or queue>',
  };
  return [failures, lost];
};

function unheardBecause(
  stack: StackView,
  fn: StackResource,
  { hasPlugin }: Surroundings,
): Pick<Aspect, 'why' | 'mend'> {
  if (distributionsOf(stack, fn).length > 0) return AT_EDGE;
  if (!takesSubscription(stack, fn)) return LOGLESS;
  return hasPlugin ? LEFT_OUT : UNHEARD;
}

const OF_SHARD = {
  why: 'a record that always fails holds up its shard until it expires, and is then gone',
  mend: 'stream: { destinations: { onFailure: <queue> }, maximumRetryAttempts: … }, or an alarm on the IteratorAge of the function',
};
const OF_PARTITION = {
  why: 'a record that always fails holds up its partition until it expires, and is then gone',
  mend: 'DestinationConfig: { OnFailure: { Destination: <queue> } } of the mapping (kafka: { onFailureDestination: <queue> }), or an alarm on the OffsetLag of the function',
};

/** A record of a stream that fails for ever blocks its shard until it expires; a queue redrives by itself. */
const mappingRule: CoverageRule = (mapping, stack) => {
  if (!isOfStream(mapping)) return [];
  const fn = stack.referenced(mapping.Properties?.FunctionName);
  const alarms = fn === undefined ? [] : lagAlarms(stack, fn, [mapping]);
  return [
    {
      aspect: 'poison-records',
      watchedBy: [...deadLetterOf(stack, mapping), ...alarms],
      ...(isOfKafka(mapping) ? OF_PARTITION : OF_SHARD),
    },
  ];
};

export const LAMBDA: ServiceRules = {
  service: 'Lambda',
  rules: { 'AWS::Lambda::Function': functionRule, 'AWS::Lambda::EventSourceMapping': mappingRule },
};
