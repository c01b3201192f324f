import { FakeSlack } from '@lamplighter/sandbox/fake-channels';
import { slackChannel } from '../src/adapters/channels/slack-channel.ts';
import type { AlertSignal } from '../src/domain/alert-signal.ts';
import type { AlertAnswer } from '../src/domain/answer-alert.ts';
import type { AlertingPolicy } from '../src/domain/policy/policy.ts';
import { acceptSignals } from '../src/functions/accept-event/accept-event.ts';
import { advanceEscalation } from '../src/functions/advance-escalation/advance-escalation.ts';
import { deliverAlert } from '../src/functions/deliver-alert/deliver-alert.ts';
import { relayOutbox } from '../src/functions/relay-outbox/relay-outbox.ts';
import { answerStoredAlert } from '../src/outbox/answer-stored-alert.ts';
import type { ChannelPort, DeliveryOrder } from '../src/ports.ts';
import { MemoryOutbox } from './memory-outbox.ts';
import { testPolicy } from './test-policy.ts';

const CRASH = new Error('the worker died');
const QUEUE_RETRY_MS = 180_000;

/** Which call of all that the functions make ends its worker, and whether it is carried out. */
export interface Crash {
  readonly nth: number;
  readonly when: 'before' | 'after';
}

/** What becomes of a call to Slack: it may be taken and not answered. */
export type SlackTrouble = 'none' | 'limited' | 'taken-unanswered' | 'not-taken-unanswered';

/** All functions with an outbox in memory and a Slack, and a worker that dies at one call; whoever called it tries again, as AWS would. */
export class CrashingWorld {
  readonly outbox = new MemoryOutbox();
  readonly slack = new FakeSlack(() => this.now);
  readonly escalations = new Map<string, { alertId: string; run: number }>();
  readonly published: string[] = [];
  now: number;
  calls = 0;
  #orders: { order: DeliveryOrder; dueAt: number }[] = [];
  #relayed = 0;
  readonly #crash: Crash | undefined;
  readonly #policy: AlertingPolicy;

  readonly #trouble: () => SlackTrouble;

  constructor(
    startMs: number,
    crash?: Crash,
    trouble: () => SlackTrouble = () => 'none',
    policy = testPolicy('http://127.0.0.1:1'),
  ) {
    this.#trouble = trouble;
    this.#policy = policy;
    this.now = startMs;
    this.#crash = crash;
  }

  async accept(...signals: readonly AlertSignal[]): Promise<void> {
    await this.#untilAlive(() => acceptSignals(signals, this.#deps()));
    await this.settle();
  }

  async answer(answer: AlertAnswer): Promise<void> {
    const [alertId] = this.outbox.alerts.keys();
    await this.#untilAlive(() => answerStoredAlert(alertId!, answer, this.#deps()));
    await this.settle();
  }

  /** Lets time pass; each escalation takes its turn when it is over. */
  async pass(ms: number): Promise<void> {
    this.now += ms;
    for (const turn of this.escalations.values()) await this.#untilAlive(() => advanceEscalation(turn, this.#deps()));
    await this.settle();
  }

  /** Relays what was written and carries out what is ordered, until there is no more. */
  async settle(): Promise<void> {
    while (this.#relayed < this.outbox.stream.length || this.#orders.length > 0) {
      const rows = this.outbox.stream.slice(this.#relayed);
      await this.#untilAlive(() => relayOutbox(rows, this.#deps()));
      this.#relayed += rows.length;
      this.#orders.sort((a, b) => a.dueAt - b.dueAt);
      const next = this.#orders.shift();
      if (next === undefined) continue;
      this.now = Math.max(this.now, next.dueAt);
      const isDone = await this.#isAlive(() => deliverAlert(next.order, this.#deps()));
      if (!isDone) this.#orders.push({ ...next, dueAt: this.now + QUEUE_RETRY_MS });
    }
  }

  #deps() {
    const outbox = this.outbox;
    const worker = { isDead: false };
    const call = <Args extends unknown[], Result>(effect: (...args: Args) => Promise<Result>) =>
      this.#mortal(effect, worker);
    const slack = slackChannel(
      call(async (method, parameters) => {
        const trouble = this.#trouble();
        if (trouble === 'limited') return { kind: 'later', reason: 'answered with 429', afterMs: 7_000 };
        if (trouble === 'not-taken-unanswered') return { kind: 'later', reason: 'no answer', isUnsure: true };
        const answer = this.slack.answer(method, parameters) as { ok: boolean; error?: string };
        if (trouble === 'taken-unanswered') return { kind: 'later', reason: 'no answer', isUnsure: true };
        return answer.ok ? { kind: 'ok', answer } : { kind: 'never', reason: `Slack: ${answer.error}` };
      }),
      async (recipient) => recipient,
    );
    return {
      outbox: Object.assign(Object.create(outbox) as MemoryOutbox, {
        alert: call((alertId: string) => outbox.alert(alertId)),
        group: call((groupKey: string) => outbox.group(groupKey)),
        members: call((subjects: Parameters<MemoryOutbox['members']>[0]) => outbox.members(subjects)),
        commit: call((change: Parameters<MemoryOutbox['commit']>[0]) => outbox.commit(change)),
      }),
      policy: async () => this.#policy,
      now: () => this.now,
      order: call(async (orders: readonly DeliveryOrder[], delayMs: number) => {
        for (const order of orders) this.#orders.push({ order, dueAt: this.now + delayMs });
      }),
      startEscalation: call(async (alertId: string, run: number) => {
        this.escalations.set(`${alertId}-${run}`, { alertId, run });
      }),
      publish: call(async (entries: readonly { Detail: string }[]) => {
        for (const { Detail } of entries) this.published.push(JSON.parse(Detail).metadata.idempotencyKey);
      }),
      unpublished: (_: number, error: Error) => {
        throw error;
      },
      channel: async (): Promise<ChannelPort> => slack,
      answerUrl: async () => undefined,
      jitter: () => 0,
      owner: `worker-${this.calls}`,
    };
  }

  #mortal<Args extends unknown[], Result>(effect: (...args: Args) => Promise<Result>, worker: { isDead: boolean }) {
    return async (...args: Args): Promise<Result> => {
      if (worker.isDead) throw CRASH;
      const isLast = ++this.calls === this.#crash?.nth;
      worker.isDead = isLast;
      if (isLast && this.#crash?.when === 'before') throw CRASH;
      const result = await effect(...args);
      if (isLast) throw CRASH;
      return result;
    };
  }

  async #untilAlive(work: () => Promise<unknown>): Promise<void> {
    while (!(await this.#isAlive(work)));
  }

  async #isAlive(work: () => Promise<unknown>): Promise<boolean> {
    try {
      await work();
      return true;
    } catch (error) {
      const cause = error instanceof AggregateError ? error.cause : error;
      if (cause !== CRASH) throw error;
      return false;
    }
  }
}
