import { refuseUnknownProperties } from '../../../core/provided-property.ts';
import type { CreatedResource, ResourceProvider } from '../../../core/service.ts';
import { deleteBus, putPermission } from '../bus-policy.ts';
import type { BusSettings, EventBus } from '../event-bus.ts';
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

/** `AWS::Events::EventBus`: Ref is its name. An update keeps its rules, unless the name changes. */
export function eventBusResource({ router }: EventsState): ResourceProvider {
  const apply = (bus: EventBus, { Tags, Policy }: EventBusProperties): CreatedResource => {
    bus.tags.clear();
    for (const { Key, Value } of Tags ?? []) bus.tags.set(Key, Value);
    if (Policy) putPermission(router, { EventBusName: bus.name, Policy: JSON.stringify(Policy) });
    return { ref: bus.name, attributes: { Arn: bus.arn, Name: bus.name } };
  };
  return {
    async create({ properties }) {
      const asked = read(properties);
      return apply(router.createBus(asked.Name, settingsOf(asked)), asked);
    },
    async update({ ref }, { properties }) {
      const asked = read(properties);
      if (asked.Name !== ref) {
        const replacement = apply(router.createBus(asked.Name, settingsOf(asked)), asked);
        deleteBus(router, ref);
        return replacement;
      }
      const bus = router.bus(ref);
      bus.settings = settingsOf(asked);
      return apply(bus, asked);
    },
    async delete({ ref }) {
      deleteBus(router, ref);
    },
  };
}

function read(properties: Readonly<Record<string, unknown>>): EventBusProperties {
  refuseUnknownProperties('AWS::Events::EventBus', properties, KNOWN);
  return properties as unknown as EventBusProperties;
}

function settingsOf({ Description, KmsKeyIdentifier, DeadLetterConfig }: EventBusProperties): BusSettings {
  return {
    ...(Description ? { description: Description } : {}),
    ...(KmsKeyIdentifier ? { kmsKeyIdentifier: KmsKeyIdentifier } : {}),
    ...(DeadLetterConfig ? { deadLetterConfig: DeadLetterConfig } : {}),
  };
}
