import type { ServiceContext } from '../../../core/service.ts';
import type { HistoryEvent } from './history.ts';

/** What a machine writes into CloudWatch Logs. */
export interface LoggingSettings {
  readonly level: 'ALL' | 'ERROR' | 'FATAL' | 'OFF';
  readonly includesData: boolean;
  readonly logGroup: string;
}

/** Levels of events: https://docs.aws.amazon.com/step-functions/latest/dg/cloudwatch-log-level.html */
const FATAL = /^Execution(Aborted|Failed|TimedOut)$/;
const ERROR = /(Aborted|Failed|TimedOut)$/;

/** Writes an execution's events as log events, in their order. */
export function executionLog(
  context: ServiceContext,
  settings: LoggingSettings,
  executionArn: string,
): (event: HistoryEvent) => void {
  const stream = `states/${executionArn.split(':').slice(6).join('/')}`;
  return (event) => {
    if (!isLogged(settings.level, event.type)) return;
    const message = JSON.stringify(logRecord(event, executionArn, settings.includesData));
    const written = context.peers.logs.write(settings.logGroup, stream, [{ timestamp: event.timestampMs, message }]);
    void context.track(written).catch(context.report);
  };
}

function isLogged(level: LoggingSettings['level'], type: string): boolean {
  return level === 'ALL' || (level === 'ERROR' && ERROR.test(type)) || (level === 'FATAL' && FATAL.test(type));
}

const DATA = new Set(['input', 'output', 'inputDetails', 'outputDetails', 'parameters']);

function logRecord(event: HistoryEvent, executionArn: string, includesData: boolean): Record<string, unknown> {
  const [details = {}] = Object.values(event.details);
  const shown = includesData
    ? details
    : Object.fromEntries(Object.entries(details).filter(([name]) => !DATA.has(name)));
  return {
    id: String(event.id),
    type: event.type,
    details: shown,
    previous_event_id: String(event.previousEventId),
    event_timestamp: String(event.timestampMs),
    execution_arn: executionArn,
  };
}
