import { physicalName } from '../../core/physical-name.ts';
import { jsonService } from '../../core/protocols/json-protocol.ts';
import { refuseUnknownProperties } from '../../core/provided-property.ts';
import type { Emulated, ResourceProvider, ServiceContext } from '../../core/service.ts';
import { putParameter, ssmOperations } from './operations.ts';
import { ParameterStore } from './parameter-store.ts';
import { openValue } from './secure-value.ts';
import type { SsmPeer } from './ssm-peer.ts';

/** Systems Manager: Parameter Store. */
export function createSsm(context: ServiceContext): Emulated<SsmPeer> {
  const store = new ParameterStore();
  return {
    peer: {
      value(name) {
        const parameter = store.get(name);
        return { type: parameter.type, value: openValue(context, parameter) };
      },
    },
    service: jsonService({
      signingName: 'ssm',
      targetPrefix: 'AmazonSSM',
      version: '1.1',
      operations: ssmOperations(store, context),
      resources: { 'AWS::SSM::Parameter': parameterProvider(store, context) },
    }),
  };
}

interface ParameterProperties {
  readonly Name?: string;
  readonly Type: 'String' | 'StringList';
  readonly Value: string;
  readonly Description?: string;
}

function parameterProvider(store: ParameterStore, context: ServiceContext): ResourceProvider {
  return {
    async create(request) {
      refuseUnknownProperties('AWS::SSM::Parameter', request.properties, [
        'Name',
        'Type',
        'Value',
        'Description',
        'Tags',
        'Tier',
      ]);
      const {
        Name = physicalName(request),
        Type,
        Value,
        Description,
      } = request.properties as unknown as ParameterProperties;
      if (Type !== 'String' && Type !== 'StringList') {
        throw new Error(`CloudFormation makes parameters of type String and StringList, not ${String(Type)}.`);
      }
      putParameter(store, context, { Name, Type, Value, ...(Description === undefined ? {} : { Description }) });
      return { ref: Name, attributes: { Type, Value } };
    },
    async update(created, request) {
      const { Name = created.ref, Type, Value } = request.properties as unknown as ParameterProperties;
      if (Name !== created.ref) {
        const replacement = await this.create(request);
        store.delete(created.ref);
        return replacement;
      }
      putParameter(store, context, { Name: created.ref, Type, Value, Overwrite: true });
      return { ref: created.ref, attributes: { Type, Value } };
    },
    async delete(created) {
      store.delete(created.ref);
    },
  };
}
