import type { Architecture } from '@lamplighter/pricing';

/** What is known of a function beside its windows. The same for every call of an assessment, or the findings differ. */
export interface FunctionContext {
  readonly accountId: string;
  readonly region: string;
  readonly functionName: string;
  readonly timeoutMs?: number;
  readonly architecture?: Architecture;
  /** How many environments may run at once: its reserved concurrency. Absent where it takes of what all functions of the account share: nothing is said about running out of that before calls are refused. */
  readonly concurrencyLimit?: number;
  /** Whether an event source mapping calls it: pollers of queues and streams hand over the next batch at once. Absent: not known. */
  readonly hasEventSource?: boolean;
  /** How long a function that fell silent is still told, minutes: what is quiet then is over, since nothing more will be heard. Ingestion's default where absent. */
  readonly silenceMinutes?: number;
  /** USD a day below which money is not worth a finding; 1 where absent. */
  readonly materialUsdPerDay?: number;
}
