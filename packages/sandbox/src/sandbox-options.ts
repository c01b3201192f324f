import type { Fault } from './core/faults/fault.ts';
import type { ServiceSettings } from './core/service-settings.ts';
import type { Clock } from './core/time/clock.ts';
import type { ServiceName } from './services.ts';

/** How a sandbox differs from an empty account on a free port of this machine. */
export interface SandboxOptions {
  /** The machine's own time where absent. */
  readonly clock?: Clock;
  /** `123456789012` where absent. */
  readonly accountId?: string;
  /** `us-east-1` where absent. */
  readonly region?: string;
  /** 0, the default, takes any free port. */
  readonly port?: number;
  /** Faults in force from the start. */
  readonly faults?: readonly Fault[];
  /** Only these services, and IAM: a test of one service starts faster. All of them where absent. */
  readonly services?: readonly ServiceName[];
  /** How single services behave: how long a paused cluster takes to resume, which seed routes aliases. */
  readonly settings?: ServiceSettings;
  /** Larger request bodies are refused; 128 MB where absent. */
  readonly largestBodyBytes?: number;
  /** Told of internal faults that no caller sees; written to stderr where absent. */
  readonly report?: (error: unknown) => void;
}
