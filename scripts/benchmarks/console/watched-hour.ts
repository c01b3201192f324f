import { randomUUID } from 'node:crypto';
import type { Sandbox } from '../../../packages/sandbox/src/index.ts';

const MINUTE_MS = 60_000;
const CALLS = 20;

/** Logs of `minutes` until now of each function: what a console has to show. Gives the id of a request in the middle. */
export async function writeWatchedMinutes(
  sandbox: Sandbox,
  functionNames: readonly string[],
  minutes: number,
): Promise<string> {
  const { logs } = sandbox.peers;
  const first = Math.floor(Date.now() / MINUTE_MS - minutes) * MINUTE_MS;
  let shown = '';
  for (const name of functionNames) {
    const group = `/aws/lambda/${name}`;
    logs.ensureLogGroup(group);
    await sandbox.idle();
    for (let minute = 0; minute < minutes; minute++) {
      const requestIds = Array.from({ length: CALLS }, () => randomUUID());
      const lines = requestIds.flatMap((id, call) => linesOf(id, first + minute * MINUTE_MS + call * 2_500, call));
      await logs.write(group, `2026/01/15/[$LATEST]${randomUUID().replaceAll('-', '')}`, lines);
      if (minute === minutes >> 1) shown = requestIds[0]!;
    }
    await sandbox.idle();
  }
  return shown;
}

function linesOf(requestId: string, begins: number, call: number) {
  const took = 60 + ((call * 37) % 50);
  const end = begins + took;
  const figures = `Duration: ${took}.00 ms\tBilled Duration: ${took} ms\tMemory Size: 512 MB\tMax Memory Used: ${110 + call} MB`;
  return [
    { timestamp: begins, message: `START RequestId: ${requestId} Version: 7\n` },
    {
      timestamp: begins + 1,
      message: `${new Date(begins).toISOString()}\t${requestId}\tINFO\torder ${call} is paid\n`,
    },
    { timestamp: end, message: `END RequestId: ${requestId}\n` },
    { timestamp: end, message: `REPORT RequestId: ${requestId}\t${figures}\t\n` },
  ];
}
