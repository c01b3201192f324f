import type { Obstacle } from '../playbook.ts';
import type { FunctionSettings, RemedyContext } from '../remedy-context.ts';

type Alias = FunctionSettings['aliases'][number];

/** What the calls of a function run on, with its memory and its timeout: `$LATEST`, or what an alias serves. */
export interface Reached {
  readonly functionName: string;
  readonly memorySizeMb: number;
  readonly timeoutS: number;
  /** Absent: `$LATEST`. */
  readonly alias?: { readonly name: string; readonly version: string; readonly fingerprint: string };
  /** Why what they run on cannot be replaced by the same with another memory or timeout. */
  readonly obstacle?: Obstacle;
}

/** The settings that a proposal changes; the other one is released with it. */
type Changed = 'memorySizeMb' | 'timeoutS';

/**
 * Where a change of memory or timeout has to be made to be felt: a published version keeps what it was published with, whatever becomes of `$LATEST`
 * (https://docs.aws.amazon.com/lambda/latest/dg/configuration-versions.html). What is not known of calls is taken from the aliases. Undefined where it could not be read.
 */
export function whatCallsReach(context: RemedyContext, changed: Changed): Reached | undefined {
  const { function: settings } = context;
  if (settings === undefined) return undefined;
  const { functionName, memorySizeMb, timeoutS } = settings;
  const latest = { functionName, memorySizeMb, timeoutS };
  const { version, aliases } = whatIsCalled(context);
  if (version === '$LATEST') return latest;
  const [alias] = aliases;
  if (alias === undefined) return { ...latest, obstacle: calledByNumber(version) };
  if (alias.served === undefined) return undefined;
  const { fingerprint, ...has } = alias.served;
  const served = { functionName, ...has };
  if (aliases.length > 1) return { ...served, obstacle: calledBySome(version, aliases) };
  if (fingerprint === undefined || settings.fingerprint === undefined)
    return { ...served, obstacle: cannotBeRead(functionName, alias) };
  const obstacle = obstacleTo(alias, alias.served, settings, changed);
  return { ...served, alias: { name: alias.name, version, fingerprint }, ...(obstacle && { obstacle }) };
}

/** The version that calls reach, as far as is known, and the aliases that point to it: the one alone that the finding is about, where it is about one. */
export interface WhatIsCalled {
  readonly version: string;
  readonly aliases: readonly Alias[];
}

/** Told without what aliases serve, so that nothing else has to be read. */
export function whatIsCalled(context: Pick<RemedyContext, 'finding' | 'traffic' | 'function'>): WhatIsCalled {
  const all = context.function?.aliases ?? [];
  const about = all.find(({ name }) => name === context.finding.resource.version);
  if (about !== undefined) return { version: about.version, aliases: [about] };
  const version = versionReached(context);
  return { version, aliases: all.filter((one) => one.version === version) };
}

/** Of what calls reached, what most of them did, and an alias points to it where it can be. */
function versionReached({
  traffic: { byVersion = [] },
  function: settings,
  finding,
}: Pick<RemedyContext, 'finding' | 'traffic' | 'function'>): string {
  const aliases = settings?.aliases ?? [];
  const about = aliases.find(({ version }) => finding.resource.version === version);
  if (about !== undefined) return about.version;
  const called = byVersion.filter(({ calls }) => calls > 0).sort((a, b) => b.calls - a.calls);
  const [most] = called;
  if (most === undefined) return aliases.find(({ version }) => version !== '$LATEST')?.version ?? '$LATEST';
  if (most.version === '$LATEST') return '$LATEST';
  // An alias may have moved on since the finding opened.
  const pointedTo = called.find(({ version }) => aliases.some((alias) => alias.version === version));
  return (pointedTo ?? most).version;
}

const calledByNumber = (version: string): Obstacle => ({
  reason: `Calls reach version ${version}, which keeps its settings, and no alias points to it.`,
  lift: 'Let them call an alias, or release a version with the settings of the patch.',
});

/** Logs name the version, not the alias. */
const calledBySome = (version: string, aliases: readonly Alias[]): Obstacle => ({
  reason: `${aliases.map(({ name }) => name).join(' and ')} point to version ${version}: nobody can say which of them is called.`,
  lift: 'Release a version with the settings of the patch to the alias that is called.',
});

/** By a key of the owner's: AWS tells why in their place. */
const cannotBeRead = (functionName: string, { name }: Alias): Obstacle => ({
  reason: `The variables of ${functionName} cannot be read: nobody can say whether $LATEST holds what ${name} serves.`,
  lift: 'Release a version with the settings of the patch.',
});

function obstacleTo(
  { name, version, weights }: Alias,
  served: NonNullable<Alias['served']>,
  latest: FunctionSettings,
  changed: Changed,
): Obstacle | undefined {
  if (Object.keys(weights).length > 0)
    return {
      reason: `A release is under way: ${name} sends calls to ${[version, ...Object.keys(weights)].join(' and ')}.`,
      lift: `Wait until ${name} points to one version.`,
    };
  const isBeside =
    changed === 'memorySizeMb' ? served.timeoutS === latest.timeoutS : served.memorySizeMb === latest.memorySizeMb;
  if (served.fingerprint === latest.fingerprint && isBeside) return undefined;
  return {
    reason: `$LATEST holds code or settings that are not released: ${name} serves version ${version}, which was published of others.`,
    lift: `Release what $LATEST holds, or put $LATEST back to what version ${version} was published of.`,
  };
}
