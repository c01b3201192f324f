import type { Obstacle, Playbook } from '../playbook.ts';
import type { FunctionSettings, Traffic } from '../remedy-context.ts';

type Served = NonNullable<Traffic['byVersion']>[number];

/** A version fails clearly more than another one by so many standard errors of the difference, and by no less than this share. */
const CLEAR_ERRORS = 2;
const LEAST_WORSE = 0.01;

/** An alias goes back to what most calls reached in the hour before the bad version: of the versions that did not fail clearly more than others. */
export const aliasRollback: Playbook = {
  name: 'alias-rollback',
  answers: ['bad-deploy'],
  risk: 'medium',
  permissions: ['lambda:GetAlias', 'lambda:UpdateAlias'],
  verifies: 'failure-share',
  propose: ({ finding, function: settings, normal }) => {
    const bad = badVersionOf(finding.causes.find(({ kind }) => kind === 'deploy')?.name, finding.resource.version);
    const alias = settings?.aliases.find(
      ({ version, weights }) => version === bad || (bad !== undefined && bad in weights),
    );
    if (settings === undefined || alias === undefined || bad === undefined) return undefined;
    const good = alias.version === bad ? versionBefore(bad, settings.versions, normal?.byVersion ?? []) : alias.version;
    if (good === undefined) return undefined;
    const { functionName } = settings;
    const obstacle = obstacleTo(alias, bad);
    const isProven = alias.version !== bad || olderServed(bad, normal?.byVersion ?? []).length > 0;
    return {
      change: {
        kind: 'lambda-alias',
        functionName,
        alias: alias.name,
        version: good,
        weights: {},
        from: { version: alias.version, weights: alias.weights },
      },
      title: `Send ${functionName}:${alias.name} back from version ${bad} to ${good}`,
      reason: [
        isProven
          ? `Version ${bad} fails or is slow where version ${good} was not.`
          : `Version ${bad} fails or is slow. Which version served before it is not known; ${good} is the newest before it.`,
        ...(bad in alias.weights ? [STILL_RELEASING] : []),
      ].join(' '),
      costPerHourUsd: 0,
      undo: `The alias is set to version ${alias.version} again, with the weights that it had, unless somebody released meanwhile.`,
      ...(obstacle && { obstacle }),
    };
  },
};

/** Whoever shifts traffic step by step (CodeDeploy does) sets the next step over whatever is there. */
const STILL_RELEASING =
  'It is being released step by step: end that release too (of CodeDeploy: aws deploy stop-deployment), or its next step sends calls there again.';

/** A newer version that gets a share may be what mends the bad one: the way back would end its release. */
function obstacleTo({ name, weights }: FunctionSettings['aliases'][number], bad: string): Obstacle | undefined {
  const newer = Object.keys(weights).filter((version) => Number(version) > Number(bad));
  if (newer.length === 0) return undefined;
  return {
    reason: `A release is under way: ${name} sends some calls from version ${bad} on to ${newer.join(' and ')} already.`,
    lift: `Finish the release, or end it so that ${name} points to one version.`,
  };
}

/** Those that served before the bad one was released. */
const olderServed = (bad: string, served: readonly Served[]): readonly Served[] =>
  served.filter(({ version, calls }) => calls > 0 && Number(version) < Number(bad));

/**
 * The number before may itself have been taken back: it counts only where nothing is known of who served. A version that served briefly may have been taken
 * back for what failures do not tell, so what most calls reached goes before what is newest. Undefined where what served well was deleted since.
 */
function versionBefore(bad: string, versions: readonly string[], served: readonly Served[]): string | undefined {
  const older = olderServed(bad, served);
  if (older.length === 0) return versions.find((version) => Number(version) < Number(bad));
  const proven = older.filter((one) => !older.some((other) => isClearlyWorse(one, other)));
  const [most] = proven
    .filter(({ version }) => versions.includes(version))
    .sort((a, b) => b.calls - a.calls || Number(b.version) - Number(a.version));
  return most?.version;
}

/** The z-test of two proportions with a pooled share (Fleiss, Statistical Methods for Rates and Proportions, 1981): a few calls tell little. */
function isClearlyWorse(one: Served, other: Served): boolean {
  const pooled = (one.failures + other.failures) / (one.calls + other.calls);
  const error = Math.sqrt(pooled * (1 - pooled) * (1 / one.calls + 1 / other.calls));
  return one.failures / one.calls - other.failures / other.calls > Math.max(LEAST_WORSE, CLEAR_ERRORS * error);
}

/** `version 12`, `12`: the number in it. */
const badVersionOf = (...names: (string | undefined)[]): string | undefined =>
  names.map((name) => /\b(\d+)\b/.exec(name ?? '')?.[1]).find((version) => version !== undefined);
