import { randomUUID } from 'node:crypto';
import type { ServiceContext } from '../../core/service.ts';
import { CURRENT, type Secret, type SecretVersion, versionAt } from './secret.ts';
import type { SecretStore } from './secret-store.ts';
import { invalidParameter, versionNotFound } from './secrets-error.ts';

export interface ValueInput {
  readonly ClientRequestToken?: string;
  readonly SecretString?: string;
  /** Base64. */
  readonly SecretBinary?: string;
  readonly VersionStages?: readonly string[];
}

const LARGEST_VALUE_BYTES = 65_536;

/** Stores a new version. With a token that was used before, the same value changes nothing, another one is refused. */
export function putValue(
  store: SecretStore,
  secret: Secret,
  input: ValueInput,
  { clock }: Pick<ServiceContext, 'clock'>,
): SecretVersion {
  const { SecretString: text, SecretBinary: binary, ClientRequestToken: id = randomUUID() } = input;
  if ((text === undefined) === (binary === undefined))
    throw invalidParameter('You must provide either SecretString or SecretBinary.');
  if (Buffer.byteLength(text ?? binary ?? '') > LARGEST_VALUE_BYTES)
    throw invalidParameter(`A secret value holds at most ${LARGEST_VALUE_BYTES} bytes.`);
  const known = secret.versions.find((version) => version.id === id);
  if (known) return sameVersion(known, { text, binary });
  const version: SecretVersion = {
    id,
    stages: new Set(input.VersionStages ?? [CURRENT]),
    createdAt: clock.now(),
    ...(text === undefined ? {} : { text }),
    ...(binary === undefined ? {} : { binary }),
  };
  store.addVersion(secret, version);
  return version;
}

function sameVersion(known: SecretVersion, value: { text: string | undefined; binary: string | undefined }) {
  if (known.text === value.text && known.binary === value.binary) return known;
  throw invalidParameter(`You can't use ClientRequestToken ${known.id} because that value is already in use.`);
}

/** A version by id, by stage, or the current one. Throws `ResourceNotFoundException`. */
export function findVersion(secret: Secret, versionId?: string, stage?: string): SecretVersion {
  const version = versionId
    ? secret.versions.find(({ id, stages }) => id === versionId && (stage === undefined || stages.has(stage)))
    : versionAt(secret, stage ?? CURRENT);
  if (version) return version;
  throw versionNotFound(versionId ? `VersionId: ${versionId}` : `staging label: ${stage ?? CURRENT}`);
}
