import type { FunctionChange } from '@lamplighter/contracts';
import * as z from 'zod';
import { aliasTarget } from '../changes/alias-target.ts';
import { changeOfCall } from '../changes/change-of-call.ts';
import { COMPARED } from '../changes/compared-settings.ts';
import { shortText, wholeText } from '../changes/setting-text.ts';
import { Caller, whoCalled } from '../changes/who-called.ts';
import type { BusEvent } from './bus-event.ts';
import { type FunctionNews, newsOf } from './function-news.ts';

/** A write to Lambda's API, as CloudTrail tells it. Event names carry a date: `UpdateFunctionCode20150331v2`. */
const LambdaCall = Caller.extend({
  eventID: z.string(),
  eventName: z.string(),
  errorCode: z.string().optional(),
  requestParameters: z.record(z.string(), z.unknown()).nullish(),
  responseElements: z.record(z.string(), z.unknown()).nullish(),
});

/** Settings whose change may explain what a function does since. */
const SETTINGS = [...COMPARED, 'reservedConcurrentExecutions'];

/**
 * A deploy, a changed setting or the function's end, as facts for the assessment, and as what was changed by whom, for people; undefined for calls that failed or change
 * nothing of interest. @throws ZodError for another shape
 */
export function newsFromApiCall({ detail, time, account, region }: BusEvent): FunctionNews | undefined {
  const call = LambdaCall.parse(detail);
  const asked = call.requestParameters ?? {};
  const functionName = nameOf(asked.functionName);
  if (call.errorCode !== undefined || functionName === undefined || asked.dryRun === true) return undefined;
  if (/^DeleteFunction(\d|$)/.test(call.eventName) && !isWhole(asked, functionName)) return undefined;
  const at = Date.parse(time);
  const identity = { accountId: account, region, functionName };
  const told = changeOfCall({ eventName: call.eventName, asked, answered: call.responseElements ?? {} });
  const changeId = call.eventID.slice(0, 200);
  const changes: FunctionChange[] =
    told === undefined || Number.isNaN(at)
      ? []
      : [{ changeId, ...identity, at, source: 'cloudtrail', ...told, ...whoCalled(call) }];
  const facts = factsOf(call, at);
  return facts.length + changes.length === 0 ? undefined : newsOf(identity, { facts, changes });
}

function factsOf(call: z.infer<typeof LambdaCall>, at: number): FunctionNews['facts'] {
  const { eventID, eventName, requestParameters, responseElements } = call;
  const asked = requestParameters ?? {};
  if (/^(UpdateFunctionCode|PublishVersion)/.test(eventName))
    return [{ kind: 'deploy', id: eventID, at, version: String(responseElements?.version ?? '$LATEST') }];
  if (eventName.startsWith('UpdateAlias')) {
    // Of a canary the version that begins to get calls.
    const { version, part } = aliasTarget(asked, responseElements ?? {});
    return [{ kind: 'deploy', id: eventID, at, version: part?.version ?? version ?? String(asked.name ?? 'unknown') }];
  }
  if (/^DeleteFunction(\d|$)/.test(eventName)) return [{ kind: 'deletion', id: eventID, at }];
  if (eventName.startsWith('DeleteFunctionConcurrency'))
    return [{ kind: 'configuration-change', id: eventID, at, setting: 'reservedConcurrentExecutions', after: 'none' }];
  if (!/^(UpdateFunctionConfiguration|PutFunctionConcurrency)/.test(eventName)) return [];
  const facts = SETTINGS.filter((setting) => setting in asked).map((setting) => ({
    kind: 'configuration-change' as const,
    id: `${eventID}/${setting}`,
    at,
    setting,
    after: shortText(wholeText(asked[setting])),
  }));
  if (facts.length > 0 || !changesVariables(eventName, asked)) return facts;
  return [{ kind: 'deploy', id: eventID, at, version: '$LATEST' }];
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
