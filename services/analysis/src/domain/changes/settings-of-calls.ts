import type { ChangedSetting, FunctionChange } from '@lamplighter/contracts';
import { COMPARED } from './compared-settings.ts';

/** CloudTrail's times are whole seconds, and two clocks differ: what Lambda notes of a call may be so much before it. */
const SKEW_MS = 2_000;
/** How long after a change it may first be seen: of several between two looks at a function only the last one's time is known, and calls show a new memory size only when there are some. */
export const SHOWN_MS = 3_600_000;

/** A look at a function, as its own word of a change: which settings were others than at the look before. */
type Look = FunctionChange & { readonly settings: readonly ChangedSetting[] };

const NAMES: readonly string[] = COMPARED;

/** The calls that set something of `$LATEST`, by what the function told of itself next: the nearest look. */
export function callsByLook(
  calls: readonly FunctionChange[],
  own: readonly FunctionChange[],
): Map<FunctionChange, FunctionChange[]> {
  const looks = own.filter(isLook).sort((a, b) => b.settings.length - a.settings.length);
  const setting = calls.filter(({ kind, version }) => kind === 'configuration' && version === '$LATEST');
  const byLook = Map.groupBy(
    setting.toSorted((a, b) => a.at - b.at),
    (call) => looks.filter((look) => shows(look, call)).sort((a, b) => gap(a, call) - gap(b, call))[0],
  );
  return new Map([...byLook].flatMap(([look, told]) => (look === undefined ? [] : [[look, told]])));
}

const isLook = (own: FunctionChange): own is Look => own.settings !== undefined;

const gap = (look: FunctionChange, call: FunctionChange): number => Math.abs(look.at - call.at);

const shows = (look: FunctionChange, call: FunctionChange): boolean =>
  look.accountId === call.accountId &&
  look.region === call.region &&
  look.at >= call.at - SKEW_MS &&
  look.at <= call.at + SHOWN_MS;

/**
 * The calls that a look shows, oldest first, each with what it made another, and from what: many name all settings, whichever they change. From what the look says a setting was before,
 * each call is done again. What is not compared stays as it was asked for. Values that differ behind what is kept of them look alike: the first call that sets one changed it.
 */
export function differencesOf(look: FunctionChange, calls: readonly FunctionChange[]): FunctionChange[] {
  // A setting that is the same after all calls was before them what the last one set.
  const last = calls.flatMap(({ settings = [] }) => settings.map(({ name, after }) => [name, after] as const));
  const first = (look.settings ?? []).map(({ name, before }) => [name, before] as const);
  const current = new Map([...last, ...first]);
  const alike = new Set(look.settings?.filter((one) => one.before === one.after).map(({ name }) => name));
  const isAnother = ({ name, after }: ChangedSetting): boolean => current.get(name) !== after || alike.delete(name);
  return calls.map((call) => {
    if (call.settings === undefined) return call;
    const settings = call.settings
      .filter((setting) => !NAMES.includes(setting.name) || isAnother(setting))
      .map((setting) => withBefore(setting, current.get(setting.name)));
    for (const { name, after } of call.settings) current.set(name, after);
    return { ...call, settings };
  });
}

const withBefore = ({ name, after }: ChangedSetting, before: string | undefined): ChangedSetting => ({
  name,
  ...(before !== undefined && NAMES.includes(name) && { before }),
  ...(after !== undefined && { after }),
});

/** What of a look no call tells; undefined where calls tell all of it. */
export function untoldOf(look: FunctionChange, calls: readonly FunctionChange[]): FunctionChange | undefined {
  const isTold = (setting: ChangedSetting): boolean =>
    calls.some(({ settings }) => settings?.some((one) => setsAsShown(one, setting)));
  const settings = look.settings?.filter((setting) => !isTold(setting)) ?? [];
  return settings.length === 0 ? undefined : { ...look, settings };
}

/** Whether a call sets a setting to what a look shows of it. */
export const setsAsShown = (set: ChangedSetting, shown: ChangedSetting): boolean =>
  isSetting(set, shown) || isObject(set, shown);

/** Of an object a call and a look need not name the same members, nor in the same order: a network is left by naming no subnets. */
const isObject = (one: ChangedSetting, other: ChangedSetting): boolean =>
  one.name === other.name && one.after?.startsWith('{') === true;

export const isSetting = (one: ChangedSetting, other: ChangedSetting): boolean =>
  one.name === other.name && one.after === other.after;
