import type { Change } from '../change.ts';
import type { Proposal } from '../playbook.ts';
import type { Reached } from './what-calls-reach.ts';

/** IAM actions that a change of `$LATEST` takes. */
export const CONFIGURATION_PERMISSIONS = [
  'lambda:GetFunctionConfiguration',
  'lambda:UpdateFunctionConfiguration',
] as const;
/** And those that a version of it takes beside, with its alias. */
export const RELEASE_PERMISSIONS = ['lambda:PublishVersion', 'lambda:GetAlias', 'lambda:UpdateAlias'] as const;

type Settings = { readonly memorySizeMb: number } | { readonly timeoutS: number };

/** The change that gives calls another memory or timeout, where they feel it, and what it takes. */
export function configurationChange(
  { functionName, alias, obstacle, memorySizeMb, timeoutS }: Reached,
  settings: Settings,
): Pick<Proposal, 'change' | 'permissions' | 'obstacle'> {
  const refused = obstacle && { obstacle };
  if (alias === undefined) return { change: { kind: 'lambda-configuration', functionName, ...settings }, ...refused };
  const { name, fingerprint } = alias;
  const from = { memorySizeMb, timeoutS };
  const change: Change = { kind: 'lambda-release', functionName, alias: name, fingerprint, ...settings, from };
  return { change, permissions: RELEASE_PERMISSIONS, ...refused };
}

/** For a title: the function, with the alias that is meant. */
export const nameOf = ({ functionName, alias }: Reached): string =>
  alias === undefined ? functionName : `${functionName}:${alias.name}`;

/** What else undoing takes; nothing where `$LATEST` alone is changed. */
export const undoOf = ({ alias }: Reached): string =>
  alias === undefined
    ? ''
    : ` ${alias.name} points to version ${alias.version} again; the version that was published in its place stays, and nobody calls it.`;
