import type { MachineSnapshot } from './execution.ts';
import type { LoggingSettings } from './execution-log.ts';

/** A state machine, as it is now. */
export interface StateMachine {
  snapshot: MachineSnapshot;
  logging: LoggingSettings | undefined;
  /** As the caller gave it, to be shown again. */
  loggingConfiguration: object;
  isTraced: boolean;
  readonly createdAt: number;
  readonly tags: Map<string, string>;
}
