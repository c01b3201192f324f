import type { FunctionWindow } from '../../../packages/contracts/src/index.ts';
import type { Fact, MessageCall, MetricMinute, Span } from '../../../packages/diagnosis/src/index.ts';
import type { Twin } from '../../../packages/simulator/src/index.ts';

const MINUTE_MS = 60_000;

/**
 * What else a deployment knows of a minute, beside its windows: error texts in the logs, CloudWatch's figures, traces, the messages of failed calls, deploys. Read from the twin's own state,
 * as these sources would tell it; nothing but a deploy's time and which message is the poisonous one comes from the list of faults.
 */
export class TwinObserver {
  readonly #twin: Twin;
  readonly #failShares = { database: 0, table: 0, ticks: 0 };
  readonly #spans: Span[] = [];
  readonly #calls = new Map<string, MessageCall[]>();
  readonly #metrics = new Map<string, MetricMinute[]>();
  #request = 0;

  constructor(twin: Twin) {
    this.#twin = twin;
  }

  /** After each step of some seconds: how the callees answer, and a trace of a call of now. */
  sample(): void {
    const { databases, tables } = this.#twin.parts;
    const database = databases.get('bookings-db')!;
    const table = tables.get('items')!.port({ reads: 1, writes: 1 });
    this.#failShares.database += database.failShare;
    this.#failShares.table += table.failShare;
    this.#failShares.ticks++;
    const called = { 'bookings-db': database.callMs(1), items: table.callMs(1) };
    this.#trace(Object.entries(called).map(([service, { usual, extra }]) => [service, usual + extra]));
  }

  /** The windows with the texts of their errors; keeps what may be asked for later. */
  closeMinute(windows: readonly FunctionWindow[]): FunctionWindow[] {
    const shares = this.#takeShares();
    for (const window of windows) this.#keepMetrics(window);
    for (const window of windows) this.#keepCalls(window);
    return windows.map((window) => this.#withTexts(window, shares));
  }

  metricsOf = (functionName: string, from: number, until: number): MetricMinute[] =>
    (this.#metrics.get(functionName) ?? []).filter(({ start }) => start >= from && start < until);

  callsOf = (functionName: string, since: number, limit: number): MessageCall[] =>
    (this.#calls.get(functionName) ?? []).filter(({ startedAt = 0 }) => startedAt >= since).slice(0, limit);

  /** Only the API's function is traced; as many of before and since as are asked for. */
  spansOf(functionName: string, { onset, limit }: { onset: number; limit: number }): Span[] {
    if (functionName !== 'bookings') return [];
    const before = this.#spans.filter(({ startMs }) => startMs < onset).slice(-3 * limit);
    return [...before, ...this.#spans.filter(({ startMs }) => startMs >= onset).slice(0, 3 * limit)];
  }

  /** What a trail tells of the alias, deploy by deploy: the first version is not of this day. */
  deploys(): Fact[] {
    const { scenario } = this.#twin;
    const start = Date.parse(scenario.start);
    return scenario.faults
      .filter(({ kind }) => kind === 'bad-deploy')
      .map(({ at }, index) => ({ kind: 'deploy', id: `deploy-${at}`, at: start + at, version: String(index + 2) }));
  }

  #takeShares() {
    const { database, table, ticks } = this.#failShares;
    Object.assign(this.#failShares, { database: 0, table: 0, ticks: 0 });
    return { database: database / Math.max(1, ticks), table: table / Math.max(1, ticks) };
  }

  #withTexts(window: FunctionWindow, shares: { database: number; table: number }): FunctionWindow {
    const { errors, functionName, start } = window;
    if (errors === 0) return window;
    const isApi = functionName === 'bookings';
    const asked = isApi ? window.invocations : 0;
    const ofDatabase = Math.min(errors, Math.round(asked * shares.database));
    const ofTable = Math.min(errors - ofDatabase, Math.round(asked * shares.table));
    const kinds = [
      ['db', 'error: remaining connection slots are reserved for roles with the SUPERUSER attribute', ofDatabase],
      ['ddb', 'ProvisionedThroughputExceededException: the level of configured throughput was exceeded', ofTable],
      ['own', `TypeError: cannot read properties of undefined (${functionName})`, errors - ofDatabase - ofTable],
    ] as const;
    const errorTypes = kinds
      .filter(([, , count]) => count > 0)
      .map(([fingerprint, template, count]) => ({ fingerprint, template, count, exampleRequestId: `r-${start}` }));
    return { ...window, errorTypes };
  }

  #keepMetrics({ functionName, start }: FunctionWindow): void {
    const { series, scenario } = this.#twin;
    const tick = Math.round((start - Date.parse(scenario.start)) / scenario.tick);
    const ticks = Math.round(MINUTE_MS / scenario.tick);
    const values = (name: string) => series.get(name).slice(tick, tick + ticks);
    const throttles = values(`${functionName}.throttles`).reduce((sum, each) => sum + each, 0);
    const age = functionName === 'project-changes' ? Math.max(...values('changes.iteratorAgeMs')) : undefined;
    const kept = this.#metrics.get(functionName) ?? [];
    kept.push({ start, throttles, ...(age !== undefined && { iteratorAgeMs: age }) });
    this.#metrics.set(functionName, kept.slice(-10));
  }

  /** Failed calls with the message that they failed with: the poisonous one while it is there, else one each. */
  #keepCalls({ functionName, start, errors, timeouts }: FunctionWindow): void {
    const source = { 'project-changes': 'changes', 'send-mail': 'mails' }[functionName];
    if (source === undefined) return;
    const { scenario } = this.#twin;
    const poison = scenario.faults.find(({ kind, target }) => kind === 'poison-message' && target === source);
    const isPoisoned = poison !== undefined && start >= Date.parse(scenario.start) + poison.at;
    const kept = this.#calls.get(functionName) ?? [];
    for (let at = 0; at < errors + timeouts; at++) {
      const requestId = `${functionName}-${this.#request++}`;
      const sequenceNumber = isPoisoned ? '49590338271490256608559692538361571095921575989136588898' : requestId;
      kept.push({ requestId, startedAt: start + at, status: 'error', messages: [{ stream: source, sequenceNumber }] });
    }
    this.#calls.set(functionName, kept.slice(-500));
  }

  #trace(called: readonly (readonly [service: string, ms: number])[]): void {
    const { now, scenario } = this.#twin;
    const traceId = `t-${this.#request++}`;
    const noise = 0.8 + 0.4 * ((this.#request * 0.618) % 1);
    const own = (scenario.functions.bookings?.cpuMs ?? 10) * noise;
    const parts = called.map(([service, ms], index) => ({ service, ms: ms * noise, index }));
    const durationMs = own + parts.reduce((sum, { ms }) => sum + ms, 0);
    const root = { traceId, spanId: `${traceId}-root`, service: 'bookings', name: 'bookings' };
    this.#spans.push({ ...root, startMs: now, durationMs, isError: false });
    let startMs = now + own;
    for (const { service, ms, index } of parts) {
      const span = { traceId, spanId: `${traceId}-${index}`, parentId: root.spanId, service, name: service };
      this.#spans.push({ ...span, startMs, durationMs: ms, isError: false });
      startMs += ms;
    }
  }
}
