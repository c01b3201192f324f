import type { TemplateResource } from '../packaged-stacks.ts';
import { FUNCTIONS } from './types/functions.ts';
import { MESSAGES } from './types/messages.ts';
import { STORAGE } from './types/storage.ts';
import type { TypeActions } from './types/type-actions.ts';
import { WEB } from './types/web.ts';

/**
 * By resource type, as far as this repository's templates use it: no virtual networks, file systems, code signing, replication, keys.
 * Source: the `handlers` and `tagging` of the CloudFormation registry's resource schemas, and the Service Authorization Reference.
 */
const ACTIONS_OF_TYPES: Readonly<Record<string, TypeActions>> = { ...FUNCTIONS, ...MESSAGES, ...STORAGE, ...WEB };

/** What CloudFormation calls for a resource. Throws where its type, or a property of it, has no entry: nobody looked up what that takes. */
export function actionsOf({ Type, Properties = {} }: TemplateResource): readonly string[] {
  const known = ACTIONS_OF_TYPES[Type];
  if (known === undefined) throw new Error(`${Type} has no entry in scripts/docs/deployer/types.`);
  const byProperty = Object.keys(Properties).flatMap((name) => {
    const actions = known.properties[name];
    if (actions === undefined) throw new Error(`${name} of ${Type} has no entry in scripts/docs/deployer/types.`);
    return actions;
  });
  return [...new Set([...known.actions, ...byProperty])];
}

/** The service that a type's role is passed to, if it has one. */
export const passesRoleTo = (type: string): string | undefined => ACTIONS_OF_TYPES[type]?.passesRoleTo;
