import type { Finding, FunctionWindow } from '@lamplighter/contracts';
import { assessFunction, type FunctionContext, type FunctionState, newFunctionState } from '@lamplighter/diagnosis';
import type { MeteredMinute } from '@lamplighter/remedies';
import type { TwinState } from '@lamplighter/simulator';

const KEPT_MINUTES = 180;
const ACCOUNT = { accountId: '000000000000', region: 'us-east-1' };

/** What is open now, and each function's last minutes. */
export interface FindingWatch {
  assess(window: FunctionWindow, state: TwinState): void;
  open(): readonly Finding[];
  windowsOf(functionName: string): readonly FunctionWindow[];
  /** The same minutes as its metrics tell them. */
  meteredOf(functionName: string): readonly MeteredMinute[];
}

interface Watched {
  readonly state: FunctionState;
  readonly windows: readonly FunctionWindow[];
  readonly metered: readonly MeteredMinute[];
}

/** Follows the windows of every function, and keeps the findings that packages/diagnosis opens and resolves on them. */
export function findingWatch(): FindingWatch {
  const watched = new Map<string, Watched>();
  const open = new Map<string, Finding>();
  return {
    assess(window, state) {
      const known = watched.get(window.functionName) ?? { state: newFunctionState(), windows: [], metered: [] };
      const change = { windows: [{ revision: 0, figures: window }] };
      const assessment = assessFunction(known.state, change, contextOf(window, state));
      const windows = [...known.windows.slice(-KEPT_MINUTES), window];
      const metered = [...known.metered.slice(-KEPT_MINUTES), meteredIn(window, state)];
      watched.set(window.functionName, { state: assessment.state, windows, metered });
      for (const { finding } of assessment.changes) {
        if (finding.state === 'open') open.set(finding.findingId, finding);
        else open.delete(finding.findingId);
      }
    },
    open: () => [...open.values()],
    windowsOf: (functionName) => watched.get(functionName)?.windows ?? [],
    meteredOf: (functionName) => watched.get(functionName)?.metered ?? [],
  };
}

function meteredIn({ functionName, start, invocations }: FunctionWindow, { functions }: TwinState): MeteredMinute {
  const throttled = functions.find(({ name }) => name === functionName)?.throttles ?? 0;
  return { start, served: invocations, throttled };
}

function contextOf({ functionName }: FunctionWindow, { functions, accountConcurrency }: TwinState): FunctionContext {
  const shown = functions.find(({ name }) => name === functionName);
  return {
    ...ACCOUNT,
    functionName,
    architecture: 'arm64',
    concurrencyLimit: shown?.reservedConcurrency ?? accountConcurrency,
    ...(shown && { timeoutMs: shown.timeoutMs }),
  };
}
