import { gunzipSync } from 'node:zlib';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { KMSClient } from '@aws-sdk/client-kms';
import { compactDecrypt } from 'jose';
import { dynamoDbSubjectKeys } from '../src/adapters/dynamodb-subject-keys.ts';
import { jweCipher } from '../src/adapters/jwe-cipher.ts';
import { kmsDataKeys } from '../src/adapters/kms-data-keys.ts';
import type { CallDependency } from '../src/ports.ts';
import { archiveKeyOf } from '../src/vault/archive-key.ts';
import { readKeyId } from '../src/vault/key-id.ts';
import type { DeployedReservation } from './deployed-reservation.ts';

const call: CallDependency = (_, work) => work();
/** Every compact JWE in a text. */
const SEALED = /eyJ[\w-]+\.\.[\w-]+\.[\w-]*\.[\w-]+/g;

/** The administrator, who may use every key that is left. */
export function vaultOf({ sandbox, idOf, attributeOf }: DeployedReservation) {
  const keys = dynamoDbSubjectKeys({
    client: sandbox.client(DynamoDBClient),
    table: idOf('KeysTable'),
    dataKeys: kmsDataKeys(sandbox.client(KMSClient), attributeOf('DataKey', 'Arn'), call),
    call,
    expiresAt: () => undefined,
  });
  const keyOf = async (keyId: string): Promise<Uint8Array | undefined> => {
    if (keyId.includes('%3A')) return (await archiveKeyOf(keyId, keys))?.key;
    const { subject, generation } = readKeyId(keyId);
    const key = await keys.find(subject);
    return key?.kind === 'active' && key.generation === generation ? key.key : undefined;
  };
  const open = async (sealed: string): Promise<string | undefined> => {
    const key = await keyOf(jweCipher.keyIdOf(sealed)!);
    if (key === undefined) return undefined;
    const bytes = Buffer.from((await compactDecrypt(sealed, key)).plaintext);
    return (bytes[0] === 0x1f && bytes[1] === 0x8b ? gunzipSync(bytes) : bytes).toString('utf8');
  };
  return {
    keys,
    open,
    /** Whatever opens of what is sealed in the texts, and how much does not. */
    async openAll(texts: readonly string[]): Promise<{ readonly opened: string[]; readonly closed: number }> {
      const tried = await Promise.all(texts.flatMap((text) => text.match(SEALED) ?? []).map(open));
      const opened = tried.filter((text) => text !== undefined);
      return { opened, closed: tried.length - opened.length };
    },
  };
}

/** The archive's messages, opened; undefined for one that no key opens. */
export async function openArchive(deployed: DeployedReservation) {
  const { s3 } = deployed.sandbox.peers;
  const bucket = deployed.idOf('ArchiveBucket');
  const vault = vaultOf(deployed);
  const objects = await s3.list(bucket, 'messages/');
  return Promise.all(
    objects.map(async ({ key }) => ({ key, text: await vault.open((await s3.get(bucket, key)).toString()) })),
  );
}
