import { refuseUnknownProperties } from '../../core/provided-property.ts';
import type { ResourceProvider } from '../../core/service.ts';
import { parsePolicyDocument } from '../../iam/policies/policy-document.ts';
import type { KeyStore } from './key-store.ts';

interface KeyProperties {
  readonly Description?: string;
  readonly KeyPolicy?: unknown;
  readonly Enabled?: boolean;
  readonly EnableKeyRotation?: boolean;
  readonly KeySpec?: string;
  readonly KeyUsage?: string;
  readonly PendingWindowInDays?: number | string;
}

const KEY_PROPERTIES = [
  'Description',
  'KeyPolicy',
  'Enabled',
  'EnableKeyRotation',
  'RotationPeriodInDays',
  'PendingWindowInDays',
  'KeySpec',
  'KeyUsage',
  'MultiRegion',
  'Tags',
];

/** AWS::KMS::Key and AWS::KMS::Alias. */
export function kmsResources(keys: KeyStore): Readonly<Record<string, ResourceProvider>> {
  return {
    'AWS::KMS::Key': {
      async create({ properties }) {
        refuseUnknownProperties('AWS::KMS::Key', properties, KEY_PROPERTIES);
        const { Description, KeyPolicy, Enabled, EnableKeyRotation, KeySpec, KeyUsage } = properties as KeyProperties;
        if (
          (KeySpec ?? 'SYMMETRIC_DEFAULT') !== 'SYMMETRIC_DEFAULT' ||
          (KeyUsage ?? 'ENCRYPT_DECRYPT') !== 'ENCRYPT_DECRYPT'
        ) {
          throw new Error(
            `The sandbox's KMS has only symmetric encryption keys, not ${KeySpec ?? ''} ${KeyUsage ?? ''}.`,
          );
        }
        const key = keys.create({
          description: Description ?? '',
          enabled: String(Enabled ?? true) === 'true',
          rotates: String(EnableKeyRotation ?? false) === 'true',
          ...(KeyPolicy === undefined ? {} : { policy: parsePolicyDocument(KeyPolicy) }),
        });
        return { ref: key.id, attributes: { Arn: key.arn, KeyId: key.id } };
      },
      /** As in CloudFormation, the key is not gone at once: it waits for its deletion, and can no longer be used. */
      async delete(created, { properties }) {
        keys.scheduleDeletion(keys.get(created.ref), Number((properties as KeyProperties).PendingWindowInDays ?? 30));
      },
    },
    'AWS::KMS::Alias': {
      async create({ properties }) {
        refuseUnknownProperties('AWS::KMS::Alias', properties, ['AliasName', 'TargetKeyId']);
        const { AliasName, TargetKeyId } = properties as { AliasName: string; TargetKeyId: string };
        keys.addAlias(AliasName, TargetKeyId);
        return { ref: AliasName };
      },
      async delete(created) {
        keys.removeAlias(created.ref);
      },
    },
  };
}
