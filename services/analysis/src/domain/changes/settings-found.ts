import type { ChangedSetting } from '@lamplighter/contracts';
import type { Fact, FunctionState } from '@lamplighter/diagnosis';
import type { StoredAssessment } from '../../ports.ts';
import type { FunctionNews } from '../news/function-news.ts';
import { COMPARED } from './compared-settings.ts';
import { reachesCalls } from './reaches-calls.ts';
import { differences, type Released } from './released.ts';
import { setsAsShown } from './settings-of-calls.ts';

/** Settings that a look showed to be others though it could not tell since when: the calls that set them may come later. */
export interface Untimed {
  readonly settings: readonly ChangedSetting[];
  /** When it looked: later calls did not set them. */
  readonly until: number;
}

/** What is known of a function from a look at it. */
type Look = Pick<StoredAssessment, 'released' | 'contextAt' | 'untimed'>;

interface Looks<Now extends Look> {
  readonly before: Look | undefined;
  readonly now: Now;
  /** With the newest calls that are known. */
  readonly state: FunctionState;
}

type SettingFact = Extract<Fact, { kind: 'configuration-change' }>;

/**
 * News of a function with the settings that became others between two looks at it, and from what. A call that CloudTrail tells of names all that it sets, and when: those that do not differ it set to what they
 * were, and are no news. What no call tells is as old as the last modification: where the code is another as well, or calls reach a version that has it not, nothing is said, and it is kept as `untimed`.
 * The news as it is where the function was not looked at anew, and is the very same, or was never before.
 */
export function withSettingsFound<Now extends Look>(
  news: FunctionNews,
  { before, now, state }: Looks<Now>,
): { readonly news: FunctionNews; readonly now: Now } {
  if (before?.released === undefined || now.released === undefined || before.released === now.released)
    return { news, now };
  const { released } = now;
  const calls = news.facts.filter(isOfCompared).sort((a, b) => a.at - b.at);
  const settings = differences(before.released.settings, released.settings);
  const set = calledOf(settings, calls);
  const rest = settings.filter(({ name }) => set.every(({ setting }) => setting !== name));
  const isKnownWhen = before.released.codeSha256 === released.codeSha256 && reachesCalls(state, released.modifiedAt);
  const { settings: owed, until } = before.untimed ?? { settings: [], until: 0 };
  const late = calledOf(
    owed,
    calls.filter(({ at }) => at <= until),
  );
  const found = [...late, ...set, ...(isKnownWhen ? rest.map((setting) => factOf(setting, released)) : [])];
  const others = news.facts.filter((fact) => !isOfCompared(fact));
  return {
    news: calls.length + found.length === 0 ? news : { ...news, facts: [...others, ...found] },
    now: isKnownWhen || rest.length === 0 ? now : { ...now, untimed: { settings: rest, until: now.contextAt } },
  };
}

const NAMES: ReadonlySet<string> = new Set(COMPARED);
const isOfCompared = (fact: Fact): fact is SettingFact =>
  fact.kind === 'configuration-change' && NAMES.has(fact.setting);

/** Settings that calls, the oldest first, tell to have been set, each with the call that did it. */
const calledOf = (settings: readonly ChangedSetting[], calls: readonly SettingFact[]): SettingFact[] =>
  settings.flatMap((setting) => {
    const call = callThatSet(setting, calls);
    return call === undefined ? [] : [withValues(call, setting)];
  });

/** The call that made a setting what it is: of several the first since another one set it otherwise. */
function callThatSet(setting: ChangedSetting, calls: readonly SettingFact[]): SettingFact | undefined {
  const naming = calls.filter((call) => call.setting === setting.name);
  return naming[naming.findLastIndex((call) => !setsAsShown(settingOf(call), setting)) + 1];
}

const settingOf = ({ setting, after }: SettingFact): ChangedSetting => ({
  name: setting,
  ...(after !== undefined && { after }),
});

const withValues = (fact: SettingFact, { before, after }: ChangedSetting): SettingFact => ({
  ...fact,
  ...(before !== undefined && { before }),
  ...(after !== undefined && { after }),
});

const factOf = (setting: ChangedSetting, { modifiedAt }: Released): SettingFact =>
  withValues(
    {
      ...{ kind: 'configuration-change', id: `lambda/${setting.name}/${modifiedAt}` },
      ...{ at: modifiedAt, setting: setting.name },
    },
    setting,
  );
