import type { Playbook } from '../playbook.ts';

/** An alias goes back to the version before the bad one. */
export const aliasRollback: Playbook = {
  name: 'alias-rollback',
  answers: ['bad-deploy'],
  risk: 'medium',
  permissions: ['lambda:GetAlias', 'lambda:UpdateAlias'],
  verifies: 'failure-share',
  propose: ({ finding, function: settings }) => {
    const bad = badVersionOf(finding.causes.find(({ kind }) => kind === 'deploy')?.name, finding.resource.version);
    const alias = settings?.aliases.find(
      ({ version, weights }) => version === bad || (bad !== undefined && bad in weights),
    );
    if (settings === undefined || alias === undefined || bad === undefined) return undefined;
    const good =
      alias.version === bad ? settings.versions.find((version) => Number(version) < Number(bad)) : alias.version;
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

/** `version 12`, `12`: the number in it. */
const badVersionOf = (...names: (string | undefined)[]): string | undefined =>
  names.map((name) => /\b(\d+)\b/.exec(name ?? '')?.[1]).find((version) => version !== undefined);
