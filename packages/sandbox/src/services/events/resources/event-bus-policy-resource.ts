import { refuseUnknownProperties } from '../../../core/provided-property.ts';
import type { ResourceProvider } from '../../../core/service.ts';
import { putPermission, removePermission } from '../bus-policy.ts';
import type { EventsState } from '../events-state.ts';

interface EventBusPolicyProperties {
  readonly EventBusName?: string;
  readonly StatementId: string;
  readonly Statement?: object;
  readonly Action?: string;
  readonly Principal?: string;
  readonly Condition?: { readonly Type: string; readonly Key: string; readonly Value: string };
}

const KNOWN = ['EventBusName', 'StatementId', 'Statement', 'Action', 'Principal', 'Condition'];

/** `AWS::Events::EventBusPolicy`: one statement of a bus's policy. */
export function eventBusPolicyResource({ router }: EventsState): ResourceProvider {
  return {
    async create({ properties }) {
      refuseUnknownProperties('AWS::Events::EventBusPolicy', properties, KNOWN);
      const { EventBusName, StatementId, Statement, ...parts } = properties as unknown as EventBusPolicyProperties;
      const bus = router.bus(EventBusName);
      if (Statement) bus.policy.set(StatementId, { Sid: StatementId, ...Statement });
      else putPermission(router, { EventBusName: bus.name, StatementId, ...parts });
      return { ref: `${bus.name}|${StatementId}`, attributes: { Id: `${bus.name}|${StatementId}` } };
    },
    async delete(_created, { properties }) {
      const { EventBusName: name = 'default', StatementId } = properties as unknown as EventBusPolicyProperties;
      if (router.buses.has(name)) removePermission(router, { EventBusName: name, StatementId });
    },
  };
}
