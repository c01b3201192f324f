import { randomUUID } from 'node:crypto';
import { ApiError, type ServiceContext } from '../../core/service.ts';
import type { Archive, BusSettings, EventBus, Rule } from './event-bus.ts';
import type { BusEvent } from './events-peer.ts';
import { targetService } from './targets/rule-target.ts';
import { assertRole, type Delivery, sendToTarget } from './targets/send-to-target.ts';
import { TargetDelivery } from './targets/target-delivery.ts';
import { targetInput } from './targets/target-input.ts';

/** What a new event says; the rest is the bus's own. */
export interface EventContent {
  readonly source: string;
  readonly detailType: string;
  readonly detail: unknown;
  readonly resources?: readonly string[];
  /** Epoch milliseconds. */
  readonly time?: number;
}

/** Buses, their rules and archives, and the way of an event through them. */
export class EventRouter {
  readonly buses = new Map<string, EventBus>();
  readonly archives = new Map<string, Archive>();
  readonly #context: ServiceContext;
  readonly #delivery: TargetDelivery;

  constructor(context: ServiceContext) {
    this.#context = context;
    this.#delivery = new TargetDelivery(context, (delivery) => this.#send(delivery));
    this.createBus('default');
  }

  createBus(name: string, settings: BusSettings = {}): EventBus {
    if (this.buses.has(name)) throw new ApiError('ResourceAlreadyExistsException', `Event bus ${name} already exists.`);
    const { region, accountId, clock } = this.#context;
    const bus: EventBus = {
      name,
      arn: `arn:aws:events:${region}:${accountId}:event-bus/${name}`,
      createdAt: clock.now(),
      settings,
      rules: new Map(),
      policy: new Map(),
      tags: new Map(),
    };
    this.buses.set(name, bus);
    return bus;
  }

  /** A bus by its name or ARN, the default one where none is named. Throws `ResourceNotFoundException`. */
  bus(nameOrArn = 'default'): EventBus {
    const name = nameOrArn.replace(/^arn:[^/]+:event-bus\//, '');
    const bus = this.buses.get(name);
    if (!bus) throw new ApiError('ResourceNotFoundException', `Event bus ${name} does not exist.`);
    return bus;
  }

  newEvent({ source, detailType, detail, resources = [], time }: EventContent): BusEvent {
    return {
      version: '0',
      id: randomUUID(),
      'detail-type': detailType,
      source,
      account: this.#context.accountId,
      time: new Date(time ?? this.#context.clock.now()).toISOString().replace(/\.\d+Z$/, 'Z'),
      region: this.#context.region,
      resources,
      detail,
    };
  }

  /** Archives an event, and starts its delivery to the targets of every rule that matches. */
  route(bus: EventBus, event: BusEvent): void {
    this.#archive(bus, event);
    this.dispatch(
      [...bus.rules.values()].filter((rule) => rule.isEnabled && rule.matches?.(event)),
      event,
    );
  }

  /** Starts the delivery of an event to the targets of these rules, whatever their patterns say. */
  dispatch(rules: readonly Rule[], event: BusEvent): void {
    const ingestedAt = this.#context.clock.now();
    for (const rule of rules) {
      const dimensions = { ...(rule.busName === 'default' ? {} : { EventBusName: rule.busName }), RuleName: rule.name };
      this.#context.peers.metrics.put('AWS/Events', 'TriggeredRules', dimensions, 1, 'Count');
      for (const target of rule.targets.values()) {
        this.#delivery.deliver({ rule, target, event, input: targetInput(target, event, rule, ingestedAt) });
      }
    }
  }

  stop(): void {
    this.#delivery.stop();
  }

  async #send(delivery: Delivery): Promise<void> {
    const { target, event } = delivery;
    if (targetService(target.Arn) !== 'events') return sendToTarget(this.#context, delivery);
    assertRole(this.#context, target, 'events:PutEvents');
    this.route(this.bus(target.Arn), event);
  }

  #archive(bus: EventBus, event: BusEvent): void {
    if ('replay-name' in event) return;
    const receivedAt = this.#context.clock.now();
    for (const archive of this.archives.values()) {
      if (archive.sourceArn === bus.arn && archive.settings.matches(event)) archive.events.push({ event, receivedAt });
    }
  }
}
