import { restJsonService } from '../../core/protocols/rest-json-protocol.ts';
import { refuseUnknownProperties } from '../../core/provided-property.ts';
import type { Emulated, ResourceProvider, ServiceContext } from '../../core/service.ts';
import { Identities } from './identities.ts';
import type { SentMail } from './mail.ts';
import { sesOperations } from './operations.ts';
import type { SesPeer } from './ses-peer.ts';
import { Suppression } from './suppression.ts';

/** Simple Email Service: takes mails of verified senders, and keeps them to be read. */
export function createSes(context: ServiceContext): Emulated<SesPeer> {
  const identities = new Identities(context);
  const suppression = new Suppression(context);
  const sent: SentMail[] = [];
  return {
    peer: { sent: () => [...sent] },
    service: restJsonService({
      signingName: 'ses',
      operations: { ...sesOperations({ identities, suppression, sent }, context), ...suppression.operations() },
      resources: { 'AWS::SES::EmailIdentity': identityResource(identities) },
    }),
  };
}

function identityResource(identities: Identities): ResourceProvider {
  return {
    async create({ properties }) {
      refuseUnknownProperties('AWS::SES::EmailIdentity', properties, [
        'ConfigurationSetAttributes',
        'EmailIdentity',
        'Tags',
      ]);
      const { ConfigurationSetName } = (properties.ConfigurationSetAttributes ?? {}) as {
        ConfigurationSetName?: string;
      };
      const settings = ConfigurationSetName === undefined ? {} : { configurationSet: ConfigurationSetName };
      return { ref: identities.create(String(properties.EmailIdentity), settings).name };
    },
    delete: async ({ ref }) => identities.delete(ref),
  };
}
