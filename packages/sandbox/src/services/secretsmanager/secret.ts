/** One version of a secret: text or bytes, never both. */
export interface SecretVersion {
  readonly id: string;
  readonly text?: string;
  /** Base64. */
  readonly binary?: string;
  readonly stages: Set<string>;
  /** Epoch milliseconds. */
  readonly createdAt: number;
}

/** A secret with its versions, in the order of their making. */
export interface Secret {
  readonly name: string;
  readonly arn: string;
  description?: string;
  kmsKeyId?: string;
  /** The service that manages it: `rds`. */
  readonly owningService?: string;
  tags: Readonly<Record<string, string>>;
  readonly versions: SecretVersion[];
  readonly createdAt: number;
  changedAt: number;
  /** Since when, and until when it can be restored, while it waits for its deletion. */
  deletion?: { readonly at: number; readonly endsAt: number };
}

export const CURRENT = 'AWSCURRENT';
export const PREVIOUS = 'AWSPREVIOUS';

/** The version that carries a stage. */
export const versionAt = ({ versions }: Secret, stage: string): SecretVersion | undefined =>
  versions.find(({ stages }) => stages.has(stage));

/**
 * Adds a version and gives it its stages, taking them from the version that had them; what was current becomes previous.
 * Source: Secrets Manager User Guide, "What's in a Secrets Manager secret?".
 */
export function addVersion(secret: Secret, version: SecretVersion): void {
  const current = versionAt(secret, CURRENT);
  for (const stage of version.stages) versionAt(secret, stage)?.stages.delete(stage);
  if (version.stages.has(CURRENT) && current) {
    versionAt(secret, PREVIOUS)?.stages.delete(PREVIOUS);
    current.stages.add(PREVIOUS);
  }
  secret.versions.push(version);
}
