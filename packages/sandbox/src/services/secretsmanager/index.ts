import { jsonService } from '../../core/protocols/json-protocol.ts';
import type { Emulated, ServiceContext } from '../../core/service.ts';
import { secretsOperations } from './operations.ts';
import { secretResources } from './resources.ts';
import { SecretStore } from './secret-store.ts';
import { findVersion, putValue } from './secret-values.ts';
import type { SecretsPeer } from './secrets-peer.ts';

/** Secrets Manager: secrets with their versions. */
export function createSecretsManager(context: ServiceContext): Emulated<SecretsPeer> {
  const store = new SecretStore(context);
  return {
    peer: {
      value(secretId, versionStage, versionId) {
        const secret = store.usable(secretId);
        return { arn: secret.arn, text: findVersion(secret, versionId, versionStage).text ?? '' };
      },
      arnOf: (secretId) => store.arnOf(secretId),
      create({ text, ...made }) {
        const secret = store.add(made);
        putValue(store, secret, { SecretString: text }, context);
        return secret.arn;
      },
      put(secretId, text) {
        putValue(store, store.usable(secretId), { SecretString: text }, context);
      },
      remove: (secretId) => store.remove(store.get(secretId)),
    },
    service: jsonService({
      signingName: 'secretsmanager',
      targetPrefix: 'secretsmanager',
      version: '1.1',
      operations: secretsOperations(store, context),
      resources: secretResources(store, context),
    }),
  };
}
