import type { JsonOperation } from '../../core/protocols/json-protocol.ts';
import { onKey } from './key-permission.ts';
import type { KeyStore } from './key-store.ts';

interface AliasInput {
  readonly AliasName: string;
  readonly TargetKeyId: string;
}

/** Names of keys. */
export function aliasOperations(keys: KeyStore): Readonly<Record<string, JsonOperation>> {
  return {
    CreateAlias: {
      permissions: (input: AliasInput) => [
        { action: 'kms:CreateAlias', resource: keys.aliasArn(input.AliasName) },
        onKey('CreateAlias', keys.get(input.TargetKeyId)),
      ],
      handle: (input: AliasInput) => keys.addAlias(input.AliasName, input.TargetKeyId),
    },
    DeleteAlias: {
      permissions: (input: AliasInput) => [
        { action: 'kms:DeleteAlias', resource: keys.aliasArn(input.AliasName) },
        onKey('DeleteAlias', keys.get(input.AliasName)),
      ],
      handle: (input: AliasInput) => keys.removeAlias(input.AliasName),
    },
    ListAliases: {
      permissions: () => [{ action: 'kms:ListAliases', resource: '*' }],
      handle: () => ({
        Aliases: keys.aliases().map(({ name, keyId }) => ({
          AliasName: name,
          AliasArn: keys.aliasArn(name),
          TargetKeyId: keyId,
        })),
        Truncated: false,
      }),
    },
  };
}
