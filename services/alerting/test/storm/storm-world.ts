import { seededRandom } from '@lamplighter/sandbox';
import type { AlertSignal } from '../../src/domain/alert-signal.ts';
import type { AlertingPolicy } from '../../src/domain/policy/policy.ts';
import { acceptSignals } from '../../src/functions/accept-event/accept-event.ts';
import { advanceEscalation, type EscalationTurn } from '../../src/functions/advance-escalation/advance-escalation.ts';
import { deliverAlert } from '../../src/functions/deliver-alert/deliver-alert.ts';
import { relayOutbox } from '../../src/functions/relay-outbox/relay-outbox.ts';
import type { DeliveryOrder } from '../../src/ports.ts';
import { MemoryOutbox } from '../memory-outbox.ts';
import { Agenda } from './agenda.ts';
import { MemoryQueue } from './memory-queue.ts';
import { type Mortal, type Mortality, MortalWorkers } from './mortal-workers.ts';
import { StormChannels } from './storm-channels.ts';

export interface StormSettings {
  readonly startMs: number;
  readonly seed: number;
  readonly policy: AlertingPolicy;
  readonly mortality: Mortality;
  readonly teams: number;
}

/** As serverless.yml and resources/queues.yml have them. */
const VISIBILITY_MS = 180_000;
const STREAM_BATCH = 100;
/** Share of messages that their queue hands out twice. */
const TWICE = 0.01;
const RELAY_RETRY_MS = 1_000;
const TURN_RETRY_MS = 2_000;
const LONGEST_TURN_RETRY_MS = 300_000;

/** All functions of the service over ports in memory, as many workers of each as AWS would run, with time that is simulated. */
export class StormWorld {
  readonly agenda: Agenda;
  readonly outbox = new MemoryOutbox();
  readonly channels: StormChannels;
  readonly workers: MortalWorkers;
  readonly incoming: MemoryQueue<AlertSignal>;
  readonly deliveries: MemoryQueue<DeliveryOrder>;
  readonly #policy: AlertingPolicy;
  readonly #dice: () => number;
  readonly #executions = new Set<string>();
  #relayed = 0;
  #isRelaying = false;
  #attempts = 0;

  constructor({ startMs, seed, policy, mortality, teams }: StormSettings) {
    this.#policy = policy;
    this.#dice = seededRandom(seed);
    this.agenda = new Agenda(startMs);
    this.channels = new StormChannels(this.agenda, this.#dice, teams);
    this.workers = new MortalWorkers(this.#dice, mortality);
    const comesTwice = () => this.#dice() < TWICE;
    const common = { agenda: this.agenda, visibilityMs: VISIBILITY_MS, comesTwice };
    this.incoming = new MemoryQueue({
      ...common,
      batchSize: 10,
      maximumConcurrency: 10,
      maxReceiveCount: 10,
      work: (signals) => this.#accept(signals),
    });
    this.deliveries = new MemoryQueue({
      ...common,
      // Ten orders of one worker end with it; here each has a worker of its own, and twenty workers have ten orders each.
      batchSize: 1,
      maximumConcurrency: 200,
      maxReceiveCount: 100,
      work: (orders) => this.#deliver(orders),
    });
  }

  /** Time passes, and all that is due in it. */
  async pass(ms: number): Promise<void> {
    await this.agenda.runUntil(this.agenda.now() + ms);
  }

  async #accept(signals: readonly AlertSignal[]): Promise<readonly AlertSignal[]> {
    const failed: AlertSignal[] = [];
    const groups = Map.groupBy(signals, ({ groupKey }) => groupKey);
    const ending = await this.workers.run(async (mortal) => {
      const accept = (own: AlertSignal[]) =>
        acceptSignals(own, this.#deps(mortal)).catch(() => {
          failed.push(...own);
        });
      await Promise.all([...groups.values()].map(accept));
    });
    this.#wakeRelay();
    return ending === 'done' ? failed : signals;
  }

  async #deliver(orders: readonly DeliveryOrder[]): Promise<readonly DeliveryOrder[]> {
    const ending = await this.workers.run((mortal) => deliverAlert(orders[0]!, this.#deps(mortal)));
    this.#wakeRelay();
    return ending === 'done' ? [] : orders;
  }

  #wakeRelay(): void {
    if (this.#isRelaying || this.#relayed >= this.outbox.stream.length) return;
    this.#isRelaying = true;
    this.agenda.run(async () => {
      const rows = this.outbox.stream.slice(this.#relayed, this.#relayed + STREAM_BATCH);
      const ending = await this.workers.run((mortal) => relayOutbox(rows, this.#deps(mortal)));
      this.#isRelaying = false;
      if (ending !== 'done') return this.agenda.at(this.agenda.now() + RELAY_RETRY_MS, () => this.#wakeRelay());
      this.#relayed += rows.length;
      this.#wakeRelay();
    });
  }

  #takeTurn(turn: EscalationTurn, tries = 0): void {
    this.agenda.run(async () => {
      let until: number | undefined;
      const ending = await this.workers.run(async (mortal) => {
        const next = await advanceEscalation(turn, this.#deps(mortal));
        if (next.next === 'wait') until = Date.parse(next.until);
      });
      this.#wakeRelay();
      if (ending !== 'done') {
        const retryMs = Math.min(LONGEST_TURN_RETRY_MS, TURN_RETRY_MS * 2 ** tries);
        this.agenda.at(this.agenda.now() + retryMs, () => this.#takeTurn(turn, tries + 1));
      } else if (until !== undefined) this.agenda.at(until, () => this.#takeTurn(turn));
    });
  }

  #deps(mortal: Mortal) {
    const { outbox, agenda } = this;
    return {
      outbox: Object.assign(Object.create(outbox) as MemoryOutbox, {
        alert: mortal((alertId: string) => outbox.alert(alertId)),
        group: mortal((groupKey: string) => outbox.group(groupKey)),
        members: mortal((subjects: Parameters<MemoryOutbox['members']>[0]) => outbox.members(subjects)),
        commit: mortal((change: Parameters<MemoryOutbox['commit']>[0]) => outbox.commit(change)),
      }),
      policy: async () => this.#policy,
      now: agenda.now,
      order: mortal(async (orders: readonly DeliveryOrder[], delayMs: number) => {
        this.deliveries.send(
          orders.map(({ alertId, channel, recipient }) => ({ alertId, channel, recipient })),
          delayMs,
        );
      }),
      startEscalation: mortal(async (alertId: string, run: number) => {
        const name = `${alertId}-${run}`;
        if (this.#executions.has(name)) return;
        this.#executions.add(name);
        agenda.at(agenda.now(), () => this.#takeTurn({ alertId, run }));
      }),
      publish: mortal(async () => {}),
      unpublished: () => {},
      channel: async (name: string) => this.channels.named(name, mortal),
      answerUrl: async () => undefined,
      jitter: this.#dice,
      owner: `worker-${++this.#attempts}`,
    };
  }
}
