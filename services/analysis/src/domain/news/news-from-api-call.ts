import * as z from 'zod';
import type { BusEvent } from './bus-event.ts';
import { type FunctionNews, newsOf } from './function-news.ts';

/** A write to Lambda's API, as CloudTrail tells it. Event names carry a date: `UpdateFunctionCode20150331v2`. */
const LambdaCall = z.object({
  eventID: z.string(),
  eventName: z.string(),
  errorCode: z.string().optional(),
  requestParameters: z.record(z.string(), z.unknown()).nullish(),
  responseElements: z.record(z.string(), z.unknown()).nullish(),
});

/** Settings whose change may explain what a function does since. */
const SETTINGS = [
  'memorySize',
  'timeout',
  'runtime',
  'handler',
  'layers',
  'architectures',
  'vpcConfig',
  'ephemeralStorage',
  'reservedConcurrentExecutions',
];

/** A deploy, a changed setting or the function's end; undefined for calls that failed or change nothing of interest. @throws ZodError for another shape */
export function newsFromApiCall({ detail, time, account, region }: BusEvent): FunctionNews | undefined {
  const { eventID, eventName, errorCode, requestParameters, responseElements } = LambdaCall.parse(detail);
  const asked = requestParameters ?? {};
  const functionName = nameOf(asked.functionName);
  if (errorCode !== undefined || functionName === undefined) return undefined;
  const at = Date.parse(time);
  const news = (facts: FunctionNews['facts']): FunctionNews =>
    newsOf({ accountId: account, region, functionName }, { facts });
  if (/^(UpdateFunctionCode|PublishVersion)/.test(eventName)) {
    const version = String(responseElements?.version ?? '$LATEST');
    return news([{ kind: 'deploy', id: eventID, at, version }]);
  }
  if (eventName.startsWith('UpdateAlias')) {
    return news([
      { kind: 'deploy', id: eventID, at, version: String(asked.functionVersion ?? asked.name ?? 'unknown') },
    ]);
  }
  if (/^DeleteFunction(\d|$)/.test(eventName))
    return isWhole(asked, functionName) ? news([{ kind: 'deletion', id: eventID, at }]) : undefined;
  if (!/^(UpdateFunctionConfiguration|PutFunctionConcurrency|DeleteFunctionConcurrency)/.test(eventName))
    return undefined;
  if (eventName.startsWith('DeleteFunctionConcurrency'))
    return news([
      { kind: 'configuration-change', id: eventID, at, setting: 'reservedConcurrentExecutions', after: 'none' },
    ]);
  const facts = SETTINGS.filter((setting) => setting in asked).map((setting) => ({
    kind: 'configuration-change' as const,
    id: `${eventID}/${setting}`,
    at,
    setting,
    after: typeof asked[setting] === 'object' ? JSON.stringify(asked[setting]) : String(asked[setting]),
  }));
  if (facts.length > 0) return news(facts);
  return changesVariables(eventName, asked)
    ? news([{ kind: 'deploy', id: eventID, at, version: '$LATEST' }])
    : undefined;
}

/** Members that a call has whatever it changes: CloudTrail always names the environment, and leaves out what is in it. */
const ALWAYS = ['functionName', 'environment', 'revisionId'];

/** A change of the configuration that names nothing changed the variables: every environment begins anew with them, which is a release as new code is. */
const changesVariables = (eventName: string, asked: Readonly<Record<string, unknown>>): boolean =>
  eventName.startsWith('UpdateFunctionConfiguration') &&
  'environment' in asked &&
  Object.keys(asked).every((name) => ALWAYS.includes(name));

/** A version alone is named by its qualifier. */
const isWhole = ({ qualifier, functionName }: Readonly<Record<string, unknown>>, name: string): boolean =>
  qualifier === undefined && String(functionName).split(':').at(-1) === name;

/** As Lambda takes it: `name[:qualifier]`, `account:function:name[:qualifier]`, or `arn:aws:lambda:region:account:function:name[:qualifier]`. */
function nameOf(value: unknown): string | undefined {
  if (typeof value !== 'string' || value === '') return undefined;
  const parts = value.split(':');
  const at = parts.indexOf('function');
  const isArn = parts[0] === 'arn' && at === 5;
  return isArn || (at === 1 && /^\d{12}$/.test(parts[0]!)) ? parts[at + 1] : parts[0];
}
