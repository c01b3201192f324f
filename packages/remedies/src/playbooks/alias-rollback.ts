import type { Playbook } from '../playbook.ts';
import type { Traffic } from '../remedy-context.ts';

/** An alias goes back to what its callers reached before the bad version: of the versions that served in the hour before, the one that failed least. */
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
    return {
      change: { kind: 'lambda-alias', functionName, alias: alias.name, version: good, weights: {} },
      title: `Send ${functionName}:${alias.name} back from version ${bad} to ${good}`,
      reason: `Version ${bad} fails or is slow where version ${good} was not.`,
      costPerHourUsd: 0,
      undo: `The alias is set to version ${alias.version} again, with the weights that it had.`,
    };
  },
};

/** The number before may itself have been taken back: it counts only where nothing is known of who served. */
function versionBefore(
  bad: string,
  versions: readonly string[],
  served: NonNullable<Traffic['byVersion']>,
): string | undefined {
  const older = versions.filter((version) => Number(version) < Number(bad));
  const share = ({ calls, failures }: (typeof served)[number]): number => failures / calls;
  const [best] = served
    .filter(({ version, calls }) => calls > 0 && older.includes(version))
    .sort((a, b) => share(a) - share(b) || b.calls - a.calls);
  return best?.version ?? older[0];
}

/** `version 12`, `12`: the number in it. */
const badVersionOf = (...names: (string | undefined)[]): string | undefined =>
  names.map((name) => /\b(\d+)\b/.exec(name ?? '')?.[1]).find((version) => version !== undefined);
