import type { Secret } from './secret.ts';
import type { SecretStore } from './secret-store.ts';
import { invalidParameter } from './secrets-error.ts';

/** A secret as DescribeSecret shows it; times in seconds. */
export const describeSecret = (secret: Secret) => ({
  ...common(secret),
  VersionIdsToStages: stagesById(secret.versions),
});

/** A secret as ListSecrets shows it. */
export const listEntry = (secret: Secret) => ({
  ...common(secret),
  SecretVersionsToStages: stagesById(secret.versions),
});

function common(secret: Secret) {
  return {
    ARN: secret.arn,
    Name: secret.name,
    ...(secret.description === undefined ? {} : { Description: secret.description }),
    ...(secret.kmsKeyId === undefined ? {} : { KmsKeyId: secret.kmsKeyId }),
    ...(secret.owningService === undefined ? {} : { OwningService: secret.owningService }),
    CreatedDate: secret.createdAt / 1000,
    LastChangedDate: secret.changedAt / 1000,
    ...(secret.deletion ? { DeletedDate: secret.deletion.at / 1000 } : {}),
    Tags: Object.entries(secret.tags).map(([Key, Value]) => ({ Key, Value })),
  };
}

const stagesById = (versions: Secret['versions']): Record<string, string[]> =>
  Object.fromEntries(versions.filter(({ stages }) => stages.size > 0).map(({ id, stages }) => [id, [...stages]]));

const DAY_MS = 86_400_000;

/** Marks a secret for deletion in 7 to 30 days (30), or removes it at once. */
export function deleteSecret(
  store: SecretStore,
  secret: Secret,
  asked: { readonly RecoveryWindowInDays?: number; readonly ForceDeleteWithoutRecovery?: boolean },
  now: number,
) {
  const { RecoveryWindowInDays: days = 30, ForceDeleteWithoutRecovery: isForced } = asked;
  if (isForced) store.remove(secret);
  else {
    if (days < 7 || days > 30) throw invalidParameter('The RecoveryWindowInDays value must be between 7 and 30 days.');
    secret.deletion = { at: now, endsAt: now + days * DAY_MS };
  }
  return { ARN: secret.arn, Name: secret.name, DeletionDate: (isForced ? now : now + days * DAY_MS) / 1000 };
}
