import type { ChangedSetting, FunctionChange } from '@lamplighter/contracts';
import { aliasTarget, sayPart } from './alias-target.ts';
import { shortText, wholeText } from './setting-text.ts';

type Told = Pick<FunctionChange, 'kind' | 'version' | 'alias' | 'settings' | 'codeSha256'>;

interface Call {
  readonly eventName: string;
  readonly asked: Readonly<Record<string, unknown>>;
  readonly answered: Readonly<Record<string, unknown>>;
}

/** Members of a call that are no setting, or whose change changes nothing that runs. */
const NO_SETTINGS = ['functionName', 'environment', 'revisionId', 'description'];
const MOST_SETTINGS = 30;

/** By the beginnings of the names that CloudTrail gives calls; these go on with a date: `UpdateAlias20150331`. */
const READERS: readonly (readonly [RegExp, (call: Call) => Told | undefined])[] = [
  [/^UpdateFunctionCode/, codeOf],
  [/^PublishVersion/, ({ answered }) => ({ kind: 'version', version: textOf(answered.version), ...hashIn(answered) })],
  [/^UpdateAlias/, aliasOf],
  [/^DeleteFunction(\d|$)/, () => ({ kind: 'deletion' })],
  [/^DeleteFunctionConcurrency/, () => ({ kind: 'configuration', settings: [{ ...RESERVED, after: 'none' }] })],
  [/^PutFunctionConcurrency/, ({ asked }) => ({ kind: 'configuration', settings: settingsIn(asked) })],
  [/^UpdateFunctionConfiguration/, configurationOf],
];
const RESERVED = { name: 'reservedConcurrentExecutions' };

/** What a call to Lambda's API changed at its function; undefined where that is nothing of interest. */
export const changeOfCall = (call: Call): Told | undefined =>
  READERS.find(([name]) => name.test(call.eventName))?.[1](call);

function codeOf({ asked, answered }: Call): Told | undefined {
  // Published in the same call, the answer is of the version.
  const version = textOf(answered.version ?? '$LATEST');
  return asked.dryRun === true ? undefined : { kind: 'code', version, ...hashIn(answered) };
}

function aliasOf({ asked, answered }: Call): Told {
  const { version, part } = aliasTarget(asked, answered);
  return {
    ...{ kind: 'alias', alias: textOf(asked.name ?? answered.name), version: textOf(version) },
    ...(part && { settings: [{ name: 'routing', after: textOf(sayPart(part)) }] }),
  };
}

function configurationOf({ asked, answered }: Call): Told | undefined {
  const settings = settingsIn(asked);
  const isOfVariables = settings.length === 0 && 'environment' in asked && !('description' in asked);
  if (settings.length === 0 && !isOfVariables) return undefined;
  return { kind: 'configuration', version: '$LATEST', ...(settings.length > 0 && { settings }), ...hashIn(answered) };
}

const settingsIn = (asked: Call['asked']): ChangedSetting[] =>
  Object.entries(asked)
    .filter(([name]) => !NO_SETTINGS.includes(name))
    .slice(0, MOST_SETTINGS)
    .map(([name, value]) => ({ name: name.slice(0, 100), after: textOf(value) }));

const hashIn = ({ codeSha256 }: Call['answered']): Pick<Told, 'codeSha256'> =>
  typeof codeSha256 === 'string' ? { codeSha256: codeSha256.slice(0, 100) } : {};

const textOf = (value?: unknown): string => shortText(wholeText(value));
