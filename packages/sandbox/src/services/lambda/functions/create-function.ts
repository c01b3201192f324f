import { randomUUID } from 'node:crypto';
import { zipSync } from 'fflate';
import type { LambdaCore } from '../lambda-core.ts';
import { invalidParameter } from '../lambda-errors.ts';
import { MIN_UNRESERVED_CONCURRENCY } from '../lambda-limits.ts';
import { oneOf } from '../parameter.ts';
import type { CodePackage } from './function-configuration.ts';
import { applySettings, type FunctionSettings, newConfiguration } from './function-settings.ts';
import type { FunctionRecord } from './function-store.ts';

export interface CreateFunctionRequest {
  readonly functionName: string;
  readonly settings: FunctionSettings;
  readonly code: CodePackage;
  readonly tags?: Readonly<Record<string, string>>;
}

export function createFunction(core: LambdaCore, request: CreateFunctionRequest): FunctionRecord {
  if (!/^[A-Za-z0-9-_]{1,64}$/.test(request.functionName)) {
    throw invalidParameter(
      `Value '${request.functionName}' at 'functionName' failed to satisfy constraint: 1 to 64 letters, digits, - and _.`,
    );
  }
  const configuration = newConfiguration({ ...request, now: core.context.clock.now() });
  core.context.peers.iam.assertServiceMayAssume(configuration.roleArn, 'lambda.amazonaws.com');
  return core.functions.add(configuration, request.tags ?? {});
}

/** Changes `$LATEST`; its environments finish what they run and take nothing more. */
export async function reconfigure(core: LambdaCore, record: FunctionRecord, settings: FunctionSettings): Promise<void> {
  const configuration = applySettings(record.latest, settings, core.context.clock.now());
  core.context.peers.iam.assertServiceMayAssume(configuration.roleArn, 'lambda.amazonaws.com');
  record.latest = configuration;
  await core.pool.retire();
}

export async function replaceCode(core: LambdaCore, record: FunctionRecord, code: CodePackage): Promise<void> {
  record.latest = { ...record.latest, code, lastModified: core.context.clock.now(), revisionId: randomUUID() };
  await core.pool.retire();
}

export async function deleteFunction(core: LambdaCore, name: string): Promise<void> {
  core.functions.remove(name);
  await core.provisioned.removeAll(name);
  await core.pool.retire();
}

/** Reserves concurrency, or frees it where `reserved` is undefined. At least 100 of the account's must stay unreserved. */
export function reserveConcurrency(core: LambdaCore, record: FunctionRecord, reserved: number | undefined): void {
  if (reserved === undefined) {
    delete record.reservedConcurrency;
    return;
  }
  if (!Number.isInteger(reserved) || reserved < 0)
    throw invalidParameter(`ReservedConcurrentExecutions ${reserved} is not a whole number.`);
  const left = core.concurrency.unreservedLimit + (record.reservedConcurrency ?? 0) - reserved;
  if (left < MIN_UNRESERVED_CONCURRENCY) {
    throw invalidParameter(
      "Specified ReservedConcurrentExecutions for function decreases account's UnreservedConcurrentExecution " +
        `below its minimum value of [${MIN_UNRESERVED_CONCURRENCY}].`,
    );
  }
  record.reservedConcurrency = reserved;
}

/** What is done when the function is invoked in a circle: `Terminate` where nothing is said. */
export function setRecursiveLoop(record: FunctionRecord, value: string | undefined): void {
  record.recursiveLoop = oneOf('RecursiveLoop', value ?? 'Terminate', ['Allow', 'Terminate']);
}

/** Packs inline source (`ZipFile` of a template) as Lambda does: one file, index.js. */
export const packInline = (source: string): Buffer =>
  Buffer.from(zipSync({ 'index.js': Buffer.from(source) }, { mtime: new Date('1980-01-01T00:00:00Z') }));
