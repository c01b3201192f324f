import { refuseUnknownProperties } from '../../../core/provided-property.ts';
import type { ResourceProvider } from '../../../core/service.ts';
import { deleteBus, putPermission } from '../bus-policy.ts';
import type { EventsState } from '../events-state.ts';

interface EventBusProperties {
  readonly Name: string;
  readonly Description?: string;
  readonly KmsKeyIdentifier?: string;
  readonly DeadLetterConfig?: { readonly Arn?: string };
  readonly Policy?: object;
  readonly Tags?: readonly { readonly Key: string; readonly Value: string }[];
}

const KNOWN = ['Name', 'Description', 'KmsKeyIdentifier', 'DeadLetterConfig', 'Policy', 'Tags'];

/** `AWS::Events::EventBus`: Ref is its name. */
export function eventBusResource({ router }: EventsState): ResourceProvider {
  return {
    async create({ properties }) {
      refuseUnknownProperties('AWS::Events::EventBus', properties, KNOWN);
      const { Name, Description, KmsKeyIdentifier, DeadLetterConfig, Policy, Tags } =
        properties as unknown as EventBusProperties;
      const bus = router.createBus(Name, {
        ...(Description ? { description: Description } : {}),
        ...(KmsKeyIdentifier ? { kmsKeyIdentifier: KmsKeyIdentifier } : {}),
        ...(DeadLetterConfig ? { deadLetterConfig: DeadLetterConfig } : {}),
      });
      for (const { Key, Value } of Tags ?? []) bus.tags.set(Key, Value);
      if (Policy) putPermission(router, { EventBusName: Name, Policy: JSON.stringify(Policy) });
      return { ref: bus.name, attributes: { Arn: bus.arn, Name: bus.name } };
    },
    async delete({ ref }) {
      deleteBus(router, ref);
    },
  };
}
