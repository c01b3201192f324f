import { LIMITS } from '../aws/limits.ts';
import { isActive } from '../lambda/effects.ts';
import type { Scenario } from '../scenario/scenario.ts';
import type { Tick } from '../tick.ts';
import type { Dependency } from './dependency.ts';
import type { DependencyParts } from './table.ts';

const DAY_MS = 86_400_000;
/** Beyond this load a queue of statements builds up, and the wait is that of the queue instead. */
const STEADY_LOAD = 0.9;

/**
 * Aurora Serverless v2. Capacity follows the load in steps of 0.5 ACU, faster the larger it is
 * (https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/aurora-serverless-v2.how-it-works.html; the rates are assumptions). With a
 * minimum of 0 it pauses when nobody was connected for `pauseAfter` (idle environments keep their connections), and resumes in 15 s, 30 s after a day
 * (https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/aurora-serverless-v2-auto-pause.html). A statement's time grows with the load as in
 * a queue with one server (M/M/1), and by the backlog where there is more work than capacity. Connections are those that environments hold.
 */
export class Database implements Dependency {
  readonly name: string;
  minAcu: number;
  maxAcu: number;
  isIndexed = false;
  acu: number;
  connections = 0;
  /** Share of the capacity that the last tick asked for; above 1 a backlog grows. */
  load = 0;
  readonly #spec: Scenario['databases'][string];
  readonly #parts: DependencyParts;
  /** The range that its connections are limited by: that of its last boot. */
  #bootedWith: { readonly minAcu: number; readonly maxAcu: number };
  #bootedAtMs = 0;
  #statements = 0;
  #environments = 0;
  #backlogMs = 0;
  #refusedShare = 0;
  #slowness = 1;
  #usedAtMs = 0;
  #pausedAtMs: number | undefined;
  #resumedAtMs = 0;
  #nowMs = 0;

  constructor(name: string, spec: Scenario['databases'][string], parts: DependencyParts) {
    this.name = name;
    this.#spec = spec;
    this.#parts = parts;
    this.minAcu = spec.minAcu;
    this.maxAcu = Math.max(spec.maxAcu, spec.minAcu);
    this.#bootedWith = { minAcu: this.minAcu, maxAcu: this.maxAcu };
    this.acu = spec.minAcu;
    if (spec.minAcu === 0) this.#pausedAtMs = 0;
  }

  get isPaused(): boolean {
    return this.#pausedAtMs !== undefined;
  }

  /**
   * Connections it accepts by the memory of its largest capacity, as Aurora PostgreSQL's default. A static parameter: another range changes it when the
   * instances are rebooted. https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/aurora-serverless-v2.setting-capacity.html
   */
  get maxConnections(): number {
    const { minAcu, maxAcu } = this.#bootedWith;
    const byMemory = Math.floor(LIMITS.connectionsPerAcu * maxAcu - LIMITS.connectionsKept);
    const most = minAcu <= LIMITS.acuStep ? LIMITS.mostConnectionsOfSmallest : LIMITS.mostConnections;
    return Math.min(byMemory, most);
  }

  get failShare(): number {
    return this.#refusedShare;
  }

  callMs(statements: number): { usual: number; extra: number } {
    const { cpuMs, waitMs } = this.#spec;
    const busy = 1 / (1 - Math.min(this.load, STEADY_LOAD));
    const queueMs =
      this.#backlogMs / Math.max(LIMITS.acuStep, this.acu) / (this.#parts.assumptions.acuCpuMsPerSecond / 1000);
    const connectMs = this.#refusedShare > 0 ? this.#parts.assumptions.connectWaitMs : 0;
    return {
      usual: statements * (cpuMs * this.#slowness * busy + waitMs),
      extra: queueMs + this.#resumeWaitMs() + connectMs * this.#refusedShare,
    };
  }

  ask(count: number, statements: number): void {
    this.#statements += count * statements;
  }

  hold(environments: number): void {
    this.#environments += environments;
  }

  /** Applies another range; the capacity moves into it as it scales. */
  setRange(minAcu: number, maxAcu: number): void {
    this.minAcu = minAcu;
    this.maxAcu = Math.max(minAcu, maxAcu);
  }

  /** Breaks every connection, and accepts as many as the range in force allows once it is back. */
  reboot(nowMs: number): void {
    this.#bootedWith = { minAcu: this.minAcu, maxAcu: this.maxAcu };
    this.#bootedAtMs = nowMs;
  }

  endTick(tick: Tick): void {
    this.#nowMs = tick.endMs;
    const statements = this.#statements;
    this.#statements = 0;
    this.#countConnections(tick);
    this.#pauseOrResume(tick, statements);
    this.#work(tick, statements);
    const hours = tick.lengthMs / 3_600_000;
    const { meter } = this.#parts;
    meter.add(this.name, 'acuHours', this.acuShown * hours);
    meter.add(this.name, 'databaseIo', statements * this.#spec.ioPerStatement);
    if (this.#spec.access === 'data-api') meter.add(this.name, 'dataApiRequests', statements);
  }

  #resumeWaitMs(): number {
    if (this.#pausedAtMs !== undefined)
      return this.#nowMs - this.#pausedAtMs > DAY_MS ? LIMITS.resumeAfterDayMs : LIMITS.resumeMs;
    return Math.max(0, this.#resumedAtMs - this.#nowMs);
  }

  #countConnections(tick: Tick): void {
    const held = this.#spec.access === 'connections' ? this.#environments * this.#spec.connectionsPerEnvironment : 0;
    this.#environments = 0;
    let leaked = 0;
    for (const fault of this.#parts.faults)
      if (fault.kind === 'connection-pressure' && isActive(fault, tick.startMs))
        leaked += (fault.perMinute * (tick.endMs - Math.max(fault.at, this.#bootedAtMs))) / 60_000;
    const isDown = this.#bootedAtMs > 0 && tick.startMs < this.#bootedAtMs + this.#parts.assumptions.databaseRebootMs;
    const free = isDown ? 0 : Math.max(0, this.maxConnections - leaked);
    this.#refusedShare = held > free ? 1 - free / held : 0;
    this.connections = Math.min(this.maxConnections, held + leaked);
  }

  #pauseOrResume(tick: Tick, statements: number): void {
    const isUsed = statements > 0 || this.connections > 0;
    if (isUsed) this.#usedAtMs = tick.endMs;
    if (this.#pausedAtMs !== undefined && (isUsed || this.minAcu > 0)) {
      this.#resumedAtMs = tick.startMs + this.#resumeWaitMs();
      this.#pausedAtMs = undefined;
      this.acu = Math.max(LIMITS.acuStep, this.minAcu);
    }
    const isIdle = tick.endMs - Math.max(this.#usedAtMs, this.#resumedAtMs) >= this.#spec.pauseAfter;
    if (this.minAcu === 0 && isIdle && this.#pausedAtMs === undefined) {
      this.#pausedAtMs = tick.endMs;
      this.acu = 0;
    }
  }

  #work(tick: Tick, statements: number): void {
    const { assumptions, faults } = this.#parts;
    this.#slowness = 1;
    for (const fault of faults)
      if (fault.kind === 'slow-query' && isActive(fault, tick.startMs) && !this.isIndexed)
        this.#slowness *= fault.factor;
    if (this.isPaused) return;
    const seconds = tick.lengthMs / 1000;
    const demandMs = statements * this.#spec.cpuMs * this.#slowness + this.#backlogMs;
    const capacityMs = this.acu * assumptions.acuCpuMsPerSecond * seconds;
    this.load = demandMs / Math.max(capacityMs, 1e-9);
    // Who waits holds a connection: there is no more backlog than those have brought.
    const mostBacklogMs = Math.max(this.connections, this.maxConnections) * this.#spec.cpuMs * this.#slowness;
    this.#backlogMs = Math.min(mostBacklogMs, Math.max(0, demandMs - capacityMs));
    this.#scale(seconds);
  }

  #scale(seconds: number): void {
    const { assumptions } = this.#parts;
    const floor = Math.max(this.minAcu, LIMITS.acuStep);
    if (this.load * 100 > assumptions.acuGrowAbovePct) {
      const step = (assumptions.acuGrowPerSecond + (this.acu * assumptions.acuGrowPctPerSecond) / 100) * seconds;
      this.acu = Math.min(this.maxAcu, this.acu + step);
    } else if (this.load * 100 < assumptions.acuShrinkBelowPct)
      this.acu *= 1 - (assumptions.acuShrinkPctPerSecond / 100) * seconds;
    this.acu = Math.min(this.maxAcu, Math.max(floor, this.acu));
  }

  /** The capacity as it is shown and billed by AWS: in steps of half an ACU. */
  get acuShown(): number {
    return Math.ceil(this.acu / LIMITS.acuStep) * LIMITS.acuStep;
  }
}
