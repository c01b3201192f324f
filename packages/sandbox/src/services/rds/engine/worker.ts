import { parentPort, workerData } from 'node:worker_threads';
import type { EngineAnswer, EngineFailure, EngineParameter, EngineRequest, EngineResult } from './messages.ts';
import { openSnapshot } from './snapshot.ts';

/** The thread of one database: PostgreSQL, compiled to WebAssembly, blocks the thread that it runs in. */
const port = parentPort!;
const database = await openSnapshot(workerData as string);
const answer = (message: EngineAnswer) => port.postMessage(message);

port.on('message', (request: EngineRequest) => {
  const { id } = request;
  carryOut(request).then(
    (result) => answer({ kind: 'result', id, result }),
    (error: unknown) => answer({ kind: 'failure', id, failure: failureOf(error) }),
  );
});
answer({ kind: 'ready' });

async function carryOut(request: EngineRequest): Promise<EngineResult> {
  if (request.kind === 'query') return query(request.sql, request.parameters);
  await database.exec(request.sql);
  return { command: '', columns: [], rows: [], affectedRows: 0 };
}

async function query(sql: string, parameters: readonly EngineParameter[]): Promise<EngineResult> {
  const result = await database.query<(string | null)[]>(
    sql,
    parameters.map(({ value }) => value),
    {
      rowMode: 'array',
      paramTypes: parameters.map(({ typeId }) => typeId),
      parsers: textParsers(),
      serializers: plain,
    },
  );
  return {
    command: (result as { readonly command?: string }).command ?? '',
    columns: result.fields.map(({ name, dataTypeID }) => ({ name, typeId: dataTypeID })),
    rows: result.rows,
    affectedRows: result.affectedRows ?? 0,
  };
}

/** Values stay in PostgreSQL's own text: what becomes of them is for the caller to say. */
function textParsers(): Record<number, (text: string) => string> {
  const known = Object.keys(database.parsers as object).map(Number);
  return Object.fromEntries(known.map((typeId) => [typeId, (text: string) => text]));
}

/** JSON (114, 3802) and times (1082, 1114, 1184) are given as text already. */
const plain = Object.fromEntries(
  [114, 3802, 1082, 1114, 1184].map((typeId) => [typeId, (text: unknown) => String(text)]),
);

function failureOf(error: unknown): EngineFailure {
  const { severity, message, code, detail, hint, position } = error as Partial<EngineFailure>;
  return {
    severity: severity ?? 'ERROR',
    message: message ?? String(error),
    code: code ?? 'XX000',
    ...(detail ? { detail } : {}),
    ...(hint ? { hint } : {}),
    ...(position ? { position } : {}),
  };
}
