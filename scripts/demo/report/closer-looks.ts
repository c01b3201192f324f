import { COMMAND } from '../../../packages/cli/src/index.ts';
import type { DemoReport } from './compose-report.ts';
import { SCENARIO } from './twin-sale.ts';

/** Where the demo is found again by whoever starts it to stay. */
const KEPT_PORT = 4566;

/** The commands that show more of what the report says; at a demo that stays up, or one that has to be started so. */
export function closerLooks(
  { truth, slowRequestId, from, until }: DemoReport,
  endpoint: string | undefined,
): readonly { readonly what: string; readonly command: string }[] {
  const there = `--endpoint ${endpoint ?? `http://127.0.0.1:${KEPT_PORT}`}`;
  const time = `--since ${isoMinute(from)} --until ${isoMinute(until)}`;
  const finding = truth.faults[0]?.finding;
  return [
    ...(endpoint === undefined
      ? [
          {
            what: 'the same again, to explore: in another terminal, while it stays up',
            command: `npx -y pnpm@10 demo --keep --port ${KEPT_PORT}`,
          },
        ]
      : []),
    { what: 'all findings', command: `${COMMAND} findings ${time} ${there}` },
    ...(endpoint !== undefined && finding
      ? [{ what: 'the slow query, with its evidence', command: `${COMMAND} explain '${finding.findingId}' ${there}` }]
      : []),
    ...(endpoint !== undefined && slowRequestId !== undefined
      ? [{ what: 'a request that waited for it', command: `${COMMAND} audit ${slowRequestId} ${there}` }]
      : []),
    { what: 'what was repaired, with evidence, undoing and patch', command: `${COMMAND} repairs ${there}` },
    { what: 'alerts', command: `${COMMAND} alerts recent ${there}` },
    { what: 'what is foreseen, with bands and past scores', command: `${COMMAND} forecast ${there}` },
    { what: 'costs', command: `${COMMAND} cost ${there}` },
    { what: 'the sale at any scale', command: `${COMMAND} simulate ${SCENARIO} --agents on` },
    { what: 'one request, from log files alone', command: 'npx -y pnpm@10 demo:audit' },
  ];
}

const isoMinute = (at: number): string => `${new Date(at).toISOString().slice(0, 16)}Z`;
