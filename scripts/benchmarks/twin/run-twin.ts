import type { Finding } from '../../../packages/contracts/src/index.ts';
import {
  assessFunction,
  compareSegments,
  type Fact,
  type FunctionContext,
  type FunctionState,
  findingsIn,
  newFunctionState,
  repeatedMessages,
} from '../../../packages/diagnosis/src/index.ts';
import { Twin } from '../../../packages/simulator/src/index.ts';
import { TwinObserver } from './observe-twin.ts';
import { HEALTHY_MINUTES, type TwinFault, twinScenario } from './twin-scenario.ts';

const MINUTE_MS = 60_000;
const STEPS = 12;
const PLACE = { accountId: '123456789012', region: 'us-east-1' };
const READERS = ['project-changes', 'send-mail'];
/** What tells already that calls are slow. */
const IS_SLOW = ['slow-down', 'dependency-slow', 'connection-pressure', 'timeouts', 'bad-deploy'];
const TRACES = 20;
const LEAST_SHARE = 0.2;

export interface OpenedFinding {
  readonly finding: Finding;
  /** Minutes that had ended when it was told, from the onset: 1 is the first bad one. */
  readonly minutes: number;
}

/** Findings as they were opened, over all functions of a seeded run; each as it stood in the end. */
export async function runTwin(kind: TwinFault, seed: number): Promise<readonly OpenedFinding[]> {
  const twin = new Twin(twinScenario(kind, seed));
  const observer = new TwinObserver(twin);
  const onset = Date.parse(twin.scenario.start) + HEALTHY_MINUTES * MINUTE_MS;
  const opened = new Map<string, OpenedFinding>();
  const states = new Map<string, FunctionState>();
  const deploys = observer.deploys();
  while (!twin.isOver) {
    const from = twin.now;
    const windows = Array.from({ length: STEPS }, (_, step) => {
      const closed = twin.advanceTo(from + ((step + 1) * MINUTE_MS) / STEPS);
      observer.sample();
      return closed;
    }).flat();
    for (const figures of observer.closeMinute(windows)) {
      const { functionName, start } = figures;
      const spec = twin.scenario.functions[functionName]!;
      const limit = spec.reservedConcurrency;
      const context = { ...PLACE, functionName, timeoutMs: spec.timeout, ...(limit && { concurrencyLimit: limit }) };
      const facts = functionName === 'bookings' ? deploys.filter(({ at }) => at >= from && at < twin.now) : [];
      const metrics = observer.metricsOf(functionName, start - 6 * MINUTE_MS, start + MINUTE_MS);
      const news = { windows: [{ revision: 0, figures }], facts, metrics };
      const state = states.get(functionName) ?? newFunctionState();
      const first = assessFunction(state, news, context);
      const more = evidenceOf(first.state, context, observer, { start, now: twin.now });
      const told = more.length === 0 ? first : assessFunction(state, { ...news, facts: [...facts, ...more] }, context);
      states.set(functionName, told.state);
      for (const { finding } of told.changes) {
        const minutes = opened.get(finding.findingId)?.minutes ?? Math.round((twin.now - onset) / MINUTE_MS);
        opened.set(finding.findingId, { finding, minutes });
      }
    }
  }
  return [...opened.values()];
}

/** What traces and the audit tell, asked for as the analysis service asks: the first five minutes of what is slow, looks so, or is refused; messages of readers that fail. */
function evidenceOf(
  state: FunctionState,
  context: FunctionContext,
  observer: TwinObserver,
  { start, now }: { start: number; now: number },
): Fact[] {
  const { functionName } = context;
  const findings = findingsIn(state, context).filter((finding) => finding.state === 'open');
  const slow = findings.find(
    ({ class: type, causes, openedAt }) =>
      ['slow-down', 'timeouts', 'timeout-risk', 'connection-pressure', 'error-burst'].includes(type) &&
      (causes.length === 0 || (type === 'connection-pressure' && causes.every(({ share }) => share === undefined))) &&
      start - openedAt <= 5 * MINUTE_MS,
  );
  const calls = READERS.includes(functionName) ? observer.callsOf(functionName, start - 30 * MINUTE_MS, 400) : [];
  const repeated = repeatedMessages(calls).filter(({ at }) => at > start - 10 * MINUTE_MS);
  const isTold = findings.some(({ class: type }) => IS_SLOW.includes(type));
  const suspectedSince = isTold ? null : state.head.slowSince;
  const since = slow?.openedAt ?? suspectedSince ?? 0;
  const traced = start - since <= 5 * MINUTE_MS ? dependenciesSince(since, functionName, observer, now) : [];
  return [...repeated, ...traced];
}

function dependenciesSince(onset: number, functionName: string, observer: TwinObserver, now: number): Fact[] {
  const spans = observer.spansOf(functionName, { onset, limit: TRACES });
  return compareSegments(spans, { onset, observedAt: now })
    .segments.filter((each) => each.explainedShare >= LEAST_SHARE && each.service !== functionName)
    .slice(0, 3)
    .map(({ service, selfBeforeMs, selfAfterMs, explainedShare, partSurprise }) => ({
      kind: 'dependency',
      id: `${service}/${onset}`,
      at: onset,
      name: service,
      beforeMs: selfBeforeMs,
      afterMs: selfAfterMs,
      share: explainedShare,
      surprise: partSurprise,
    }));
}
