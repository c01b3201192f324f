import type { FunctionWindow } from '@lamplighter/contracts';
import type { LambdaFunction } from '../lambda/lambda-function.ts';
import { SeriesStore } from '../measure/series-store.ts';
import type { Action } from '../scenario/action.ts';
import type { Scenario } from '../scenario/scenario.ts';
import { type Tick, tickAt } from '../tick.ts';
import { type ActionOutcome, applyAction } from './apply-action.ts';
import { availableConcurrency } from './available-concurrency.ts';
import { buildParts, type Parts } from './build/build-parts.ts';
import { createTickRecorder, type TickRecorder } from './record-tick.ts';
import { stateOf, type TwinState } from './twin-state.ts';

/** An action that was applied, or was refused as AWS would refuse it. */
export interface AppliedAction {
  /** Epoch milliseconds. */
  readonly at: number;
  readonly action: Action;
  readonly outcome: ActionOutcome;
}

/**
 * A scenario under way. Time stands still between two calls of {@link advanceTo}: read the windows that closed and the state, apply actions,
 * go on. The same scenario and the same actions at the same times give the same bytes.
 */
export class Twin {
  readonly scenario: Scenario;
  readonly series = new SeriesStore();
  readonly parts: Parts;
  readonly applied: AppliedAction[] = [];
  readonly #epochMs: number;
  readonly #record: TickRecorder;
  readonly #functions: readonly LambdaFunction[];
  /** What settles its accounts when everybody has had a turn. */
  readonly #ending: readonly { endTick(tick: Tick): void }[];
  #tick = 0;

  /** Throws a `ScenarioError` where the scenario names something that is not there. */
  constructor(scenario: Scenario) {
    this.scenario = scenario;
    this.parts = buildParts(scenario);
    this.#record = createTickRecorder(this.parts, this.series);
    this.#ending = [
      this.parts.apis,
      this.parts.clients,
      this.parts.events,
      this.parts.streams,
      this.parts.queues,
      this.parts.databases,
      this.parts.tables,
      this.parts.caches,
    ].flatMap((group) => [...group.values()]);
    this.#functions = [...this.parts.functions.values()];
    this.#epochMs = Date.parse(scenario.start);
  }

  /** Epoch milliseconds. */
  get now(): number {
    return this.#epochMs + this.#tick * this.scenario.tick;
  }

  get endsAt(): number {
    return this.#epochMs + this.scenario.duration;
  }

  get isOver(): boolean {
    return this.now >= this.endsAt;
  }

  /** Lets time pass until an epoch time (or the end, where that is earlier); gives the windows that closed, by function and minute. */
  advanceTo(epochMs: number): FunctionWindow[] {
    const windows: FunctionWindow[] = [];
    const until = Math.min(epochMs, this.endsAt);
    while (this.now < until) this.#step(windows);
    if (this.isOver) this.#closeWindows(windows, Number.POSITIVE_INFINITY);
    return windows;
  }

  /** Changes something, from the next tick on. */
  apply(action: Action): ActionOutcome {
    const outcome = applyAction(this.parts, this.scenario, action, this.now - this.#epochMs);
    this.applied.push({ at: this.now, action, outcome });
    return outcome;
  }

  /** What the twin holds now, for decisions that are taken from outside: a copy. */
  state(): TwinState {
    return stateOf(this.parts, this.scenario, { now: this.now, series: this.series });
  }

  #step(windows: FunctionWindow[]): void {
    const tick = tickAt(this.#tick, this.scenario.tick);
    const { parts } = this;
    for (const { at, action } of this.scenario.actions) if (at >= tick.startMs && at < tick.endMs) this.apply(action);
    const before = { usd: parts.meter.total, computeUsd: parts.meter.computeTotal };
    for (const traffic of parts.traffic) traffic.send(tick);
    for (const events of parts.events.values()) events.poll(tick);
    for (const mapping of parts.streamMappings.values()) mapping.poll(tick);
    for (const mapping of parts.queueMappings.values()) mapping.poll(tick);
    const functions = this.#functions;
    for (let turn = 0; turn < functions.length; turn++) {
      // Who is first at the account's concurrency changes from tick to tick.
      const each = functions[(turn + tick.index) % functions.length]!;
      each.run(
        tick,
        availableConcurrency(functions, each, { account: this.scenario.account.concurrency, nowMs: tick.startMs }),
      );
      each.holdConnections(tick.startMs);
    }
    for (const part of this.#ending) part.endTick(tick);
    for (const mapping of parts.streamMappings.values()) {
      mapping.endTick(tick);
      mapping.divert(tick);
    }
    for (const mapping of parts.queueMappings.values()) mapping.endTick(tick);
    this.#tick++;
    const { total, computeTotal } = parts.meter;
    this.#record(tick, { usd: total - before.usd, computeUsd: computeTotal - before.computeUsd });
    this.#closeWindows(windows, tick.endMs);
  }

  #closeWindows(windows: FunctionWindow[], nowMs: number): void {
    for (const each of this.parts.functions.values()) windows.push(...each.closeWindows(nowMs));
  }
}
