import { jsonService } from '../../core/protocols/json-protocol.ts';
import type { Emulated, ServiceContext } from '../../core/service.ts';
import { ArchiveBook } from './archive-book.ts';
import { EventRouter } from './event-router.ts';
import type { EventsPeer } from './events-peer.ts';
import type { EventsState } from './events-state.ts';
import { archiveOperations } from './operations/archive-operations.ts';
import { busOperations } from './operations/bus-operations.ts';
import { putEvents } from './operations/put-events.ts';
import { ruleOperations } from './operations/rule-operations.ts';
import { tagOperations } from './operations/tag-operations.ts';
import { testEventPattern } from './operations/test-event-pattern.ts';
import { archiveResource } from './resources/archive-resource.ts';
import { eventBusPolicyResource } from './resources/event-bus-policy-resource.ts';
import { eventBusResource } from './resources/event-bus-resource.ts';
import { ruleResource } from './resources/rule-resource.ts';
import { RuleBook } from './rule-book.ts';

/** EventBridge: buses, rules with patterns and schedules, targets with retries and dead letters, archives. */
export function createEvents(context: ServiceContext): Emulated<EventsPeer> {
  const router = new EventRouter(context);
  const rules = new RuleBook(context, router);
  const archives = new ArchiveBook(context, router);
  const state: EventsState = { context, router, rules, archives };
  return {
    service: jsonService({
      signingName: 'events',
      targetPrefix: 'AWSEvents',
      version: '1.1',
      operations: {
        ...busOperations(state),
        ...ruleOperations(state),
        ...archiveOperations(state),
        ...tagOperations(state),
        PutEvents: putEvents(state),
        TestEventPattern: testEventPattern(),
      },
      resources: {
        'AWS::Events::EventBus': eventBusResource(state),
        'AWS::Events::EventBusPolicy': eventBusPolicyResource(state),
        'AWS::Events::Rule': ruleResource(state),
        'AWS::Events::Archive': archiveResource(state),
      },
      stop: async () => {
        rules.stop();
        router.stop();
      },
    }),
    peer: {
      emit: (content) => router.route(router.bus(), router.newEvent(content)),
      async putOnBus(eventBusArn, content) {
        router.route(router.bus(eventBusArn), router.newEvent(content));
      },
    },
  };
}
