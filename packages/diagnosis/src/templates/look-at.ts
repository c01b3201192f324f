import type { Evidence, Finding, FindingClass } from '@lamplighter/contracts';

const MEMORY: ReadonlySet<FindingClass> = new Set([
  'out-of-memory',
  'out-of-memory-risk',
  'over-provisioned',
  'right-size',
  'cost-anomaly',
  'cold-starts',
  'timeout-risk',
]);
const AROUND_MS = 300_000;

/** What to look at next, as commands that can be typed as they are: names that a shell would not take as they are get no command. */
export function lookAtOf(
  type: FindingClass,
  functionName: string,
  openedAt: number,
  lastBadAt: number,
  evidence: readonly Evidence[],
): Finding['lookAt'] {
  const [request] = evidence.flatMap(({ requestIds = [] }) => requestIds);
  const isSafe = /^[\w-]{1,140}$/.test(functionName);
  const range = `--since ${new Date(openedAt - AROUND_MS).toISOString()} --until ${new Date(lastBadAt + AROUND_MS).toISOString()}`;
  return [
    ...(request === undefined
      ? []
      : [{ text: 'One of the requests from beginning to end', command: `pnpm lamplighter audit ${request}` }]),
    ...(isSafe
      ? [{ text: 'Its calls around that time', command: `pnpm lamplighter audit --function ${functionName} ${range}` }]
      : []),
    ...(isSafe && MEMORY.has(type)
      ? [{ text: 'What each memory size costs and takes', command: `pnpm lamplighter rightsize ${functionName}` }]
      : []),
  ];
}
