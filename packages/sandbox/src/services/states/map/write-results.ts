import type { Json, JsonObject } from '../../../core/protocols/json.ts';
import type { Execution } from '../executions/execution.ts';
import type { ObjectStore } from '../integrations/object-store.ts';
import type { ResultWriter } from '../language/definition.ts';
import { StateError } from '../language/state-error.ts';
import type { MapRun } from './map-run.ts';

type Transformation = 'NONE' | 'COMPACT' | 'FLATTEN';

/**
 * Writes what the children gave, a file per status and a manifest, and answers where. Throws `States.ResultWriterFailed`.
 * https://docs.aws.amazon.com/step-functions/latest/dg/input-output-resultwriter.html
 */
export async function writeResults(
  run: MapRun,
  writer: ResultWriter,
  target: JsonObject,
  store: ObjectStore,
): Promise<Json> {
  const bucket = String(target.Bucket);
  const runId = run.settings.arn.slice(run.settings.arn.lastIndexOf(':') + 1);
  const folder = [target.Prefix, runId].filter((part) => part !== undefined && part !== '').join('/');
  const { OutputType = 'JSON', Transformation = 'NONE' } = writer.WriterConfig ?? {};
  const files: Record<string, Json> = {};
  try {
    for (const [group, children] of Object.entries(byOutcome(run.children))) {
      if (children.length === 0) {
        files[group] = [];
        continue;
      }
      const results = children.flatMap((child) => resultOf(child, Transformation));
      const body =
        OutputType === 'JSONL'
          ? results.map((result) => `${JSON.stringify(result)}\n`).join('')
          : JSON.stringify(results);
      const key = `${folder}/${group}_0.${OutputType === 'JSONL' ? 'jsonl' : 'json'}`;
      await store.put(bucket, key, body);
      files[group] = [{ Key: key, Size: Buffer.byteLength(body) }];
    }
    const manifest = { DestinationBucket: bucket, MapRunArn: run.settings.arn, ResultFiles: files };
    await store.put(bucket, `${folder}/manifest.json`, JSON.stringify(manifest));
  } catch (error) {
    throw new StateError('States.ResultWriterFailed', error instanceof Error ? error.message : String(error));
  }
  run.resultsWritten = run.children.length;
  return { MapRunArn: run.settings.arn, ResultWriterDetails: { Bucket: bucket, Key: `${folder}/manifest.json` } };
}

/** The array that a state hands on where nothing is exported. */
export function collectResults(run: MapRun, writer: ResultWriter | undefined): Json {
  const transformation = writer?.WriterConfig?.Transformation ?? 'COMPACT';
  return run.children.flatMap((child) => resultOf(child, transformation));
}

function byOutcome(children: readonly Execution[]): Readonly<Record<string, readonly Execution[]>> {
  const succeeded = children.filter(({ status }) => status === 'SUCCEEDED');
  const failed = children.filter(({ status }) => status === 'FAILED' || status === 'TIMED_OUT');
  return {
    FAILED: failed,
    PENDING: children.filter((child) => !succeeded.includes(child) && !failed.includes(child)),
    SUCCEEDED: succeeded,
  };
}

/** A failed child is told whole whatever the transformation. */
function resultOf(child: Execution, transformation: Transformation): readonly Json[] {
  if (child.status !== 'SUCCEEDED' || transformation === 'NONE') return [metadataOf(child)];
  const output = JSON.parse(child.output ?? 'null') as Json;
  return transformation === 'FLATTEN' && Array.isArray(output) ? output : [output];
}

function metadataOf(child: Execution): Json {
  const time = (at: number): string => new Date(at).toISOString();
  return {
    ExecutionArn: child.arn,
    Input: child.input,
    InputDetails: { Included: true },
    Name: child.name,
    ...(child.output === undefined ? {} : { Output: child.output, OutputDetails: { Included: true } }),
    ...(child.error === undefined ? {} : { Error: child.error }),
    ...(child.cause === undefined ? {} : { Cause: child.cause }),
    RedriveCount: child.redriveCount,
    RedriveStatus: 'NOT_REDRIVABLE',
    StartDate: time(child.startedAt),
    StateMachineArn: child.machine.arn,
    Status: child.status,
    ...(child.stoppedAt === undefined ? {} : { StopDate: time(child.stoppedAt) }),
  };
}
