import type { JsonOperation } from '../../../core/protocols/json-protocol.ts';
import type { HistoryEvent } from '../executions/history.ts';
import { onArn, type StatesState, toSeconds } from '../states-state.ts';
import { standard } from './execution-operations.ts';
import { type PageRequest, page } from './page.ts';

interface HistoryRequest extends PageRequest {
  readonly executionArn: string;
  readonly reverseOrder?: boolean;
  readonly includeExecutionData?: boolean;
}

const DATA = new Set(['input', 'output', 'parameters']);

/** GetExecutionHistory */
export function historyOperation({ executions }: StatesState): Record<string, JsonOperation> {
  return {
    GetExecutionHistory: {
      permissions: (input: HistoryRequest) => onArn('GetExecutionHistory', input.executionArn),
      handle(input: HistoryRequest) {
        const { events } = standard(executions.get(input.executionArn)).history;
        const ordered = input.reverseOrder ? events.toReversed() : events;
        return page(
          'events',
          ordered.map((event) => describeEvent(event, input.includeExecutionData ?? true)),
          input,
        );
      },
    },
  };
}

function describeEvent(
  { id, previousEventId, type, timestampMs, details }: HistoryEvent,
  includesData: boolean,
): Record<string, unknown> {
  const shown = includesData
    ? details
    : Object.fromEntries(Object.entries(details).map(([name, fields]) => [name, withoutData(fields)]));
  return { id, previousEventId, type, timestamp: toSeconds(timestampMs), ...shown };
}

function withoutData(fields: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(fields).filter(([name]) => !DATA.has(name)));
}
