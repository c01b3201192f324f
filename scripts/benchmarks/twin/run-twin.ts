import type { Finding } from '../../../packages/contracts/src/index.ts';
import { type FindingChange, newFunctionState } from '../../../packages/diagnosis/src/index.ts';
import { Twin } from '../../../packages/simulator/src/index.ts';
import { type AssessNewsDeps, assessNews } from '../../../services/analysis/src/assess/assess-news.ts';
import { newsOf } from '../../../services/analysis/src/domain/news/function-news.ts';
import type { EventSources, StoredAssessment } from '../../../services/analysis/src/ports.ts';
import { TwinObserver } from './observe-twin.ts';
import { HEALTHY_MINUTES, type TwinFault, twinScenario } from './twin-scenario.ts';

const MINUTE_MS = 60_000;
const STEPS = 12;
const PLACE = { accountId: '123456789012', region: 'us-east-1' };

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
  const told = (changes: readonly FindingChange[]): void => {
    for (const { finding } of changes) {
      const minutes = opened.get(finding.findingId)?.minutes ?? Math.round((twin.now - onset) / MINUTE_MS);
      opened.set(finding.findingId, { finding, minutes });
    }
  };
  const deps = depsOf(twin, observer, told);
  const deploys = observer.deploys(seed);
  while (!twin.isOver) {
    const from = twin.now;
    const windows = Array.from({ length: STEPS }, (_, step) => {
      const closed = twin.advanceTo(from + ((step + 1) * MINUTE_MS) / STEPS);
      observer.sample();
      return closed;
    }).flat();
    const facts = deploys.filter(({ at }) => at >= from && at < from + MINUTE_MS);
    for (const figures of observer.closeMinute(windows)) {
      const identity = { ...PLACE, functionName: figures.functionName };
      const own = figures.functionName === 'bookings' ? facts : [];
      await assessNews(newsOf(identity, { windows: [{ revision: 0, figures }], facts: own }), deps);
    }
  }
  return [...opened.values()];
}

const SOURCES: Readonly<Record<string, EventSources>> = {
  'project-changes': { streams: true, queues: false },
  'send-mail': { streams: false, queues: true },
};

/** The service's ports, kept in memory and answered by the twin. */
function depsOf(twin: Twin, observer: TwinObserver, told: (changes: readonly FindingChange[]) => void): AssessNewsDeps {
  const items = new Map<string, { version: number; stored: StoredAssessment }>();
  const findings = new Map<string, Finding>();
  return {
    assessments: {
      read: async ({ functionName }) => items.get(functionName) ?? { version: 0, state: newFunctionState() },
      write: async ({ functionName }, stored, { version, changes }) => {
        items.set(functionName, { version: version + 1, stored });
        for (const { finding } of changes) findings.set(finding.findingId, finding);
        told(changes);
        return 'written';
      },
    },
    findings: {
      open: async (since = 0) =>
        [...findings.values()].filter(({ state, openedAt }) => state === 'open' && openedAt >= since),
      recent: async () => ({ findings: [] }),
      ofFunction: async () => [],
      byId: async (findingId) => findings.get(findingId),
    },
    settings: async ({ functionName }) => {
      const spec = twin.scenario.functions[functionName]!;
      return {
        timeoutMs: spec.timeout,
        ...(spec.reservedConcurrency !== undefined && { concurrencyLimit: spec.reservedConcurrency }),
        sources: SOURCES[functionName] ?? { streams: false, queues: false },
      };
    },
    metrics: async ({ functionName }, { from, until }) => observer.metricsOf(functionName, from, until),
    calls: async ({ functionName }, { since, limit }) => observer.callsOf(functionName, since, limit),
    traces: async ({ functionName }, question) => ({ spans: observer.spansOf(functionName, question) }),
    adviser: async (finding) => finding,
    publish: async () => undefined,
    logger: { warn: (message: string) => void process.stderr.write(`${message}\n`) } as AssessNewsDeps['logger'],
    now: () => twin.now + 1_000,
  };
}
