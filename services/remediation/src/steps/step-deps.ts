import type { Home } from '../domain/home.ts';
import type { MovePort } from '../domain/message-move.ts';
import type {
  ConfigPort,
  ExperiencePort,
  GuardPort,
  KillSwitchPort,
  MeterPort,
  NarrowedResourcePort,
  RemediationPort,
  WindowPort,
} from '../ports.ts';

/** What the steps of the state machine may use. */
export interface StepDeps {
  readonly remediations: RemediationPort;
  readonly guard: GuardPort;
  readonly config: ConfigPort;
  readonly killSwitch: KillSwitchPort;
  readonly experience: ExperiencePort;
  readonly windows: WindowPort;
  readonly meters: MeterPort;
  readonly moves: MovePort;
  /** Links of an approver's own, while a repair waits. */
  readonly approvalLinks: (
    remediationId: string,
    approvers: readonly string[],
    expiresAt: number,
  ) => Promise<{ approver: string; approveUrl: string; declineUrl: string }[]>;
  readonly home: Home;
  readonly now: () => number;
}

/** What the step that touches resources may use beside. */
export interface ApplyDeps extends Pick<StepDeps, 'remediations' | 'killSwitch' | 'now'> {
  readonly resources: NarrowedResourcePort;
}

/** Where the state machine goes next. */
export interface NextState {
  readonly next:
    | 'refused'
    | 'wait'
    | 'dry-run'
    | 'approve'
    | 'automatic'
    | 'admitted'
    | 'applied'
    | 'keep'
    | 'hold'
    | 'undo'
    | 'untouched'
    | 'over';
  /** With what Guard says: how long an execution waits for a person. */
  readonly approvalSeconds?: number;
  /** ISO time, with `hold`. */
  readonly until?: string;
}
