import { physicalName } from '../../../core/physical-name.ts';
import { refuseUnknownProperties } from '../../../core/provided-property.ts';
import type { CreatedResource, ResourceProvider, ResourceRequest } from '../../../core/service.ts';
import {
  createFunction,
  deleteFunction,
  packInline,
  reconfigure,
  replaceCode,
  reserveConcurrency,
  setRecursiveLoop,
} from '../functions/create-function.ts';
import type { CodePackage } from '../functions/function-configuration.ts';
import type { FunctionSettings } from '../functions/function-settings.ts';
import type { LambdaCore } from '../lambda-core.ts';

const TYPE = 'AWS::Lambda::Function';
const KNOWN = [
  'FunctionName',
  'Code',
  'PackageType',
  'Runtime',
  'Handler',
  'Role',
  'Description',
  'MemorySize',
  'Timeout',
  'EphemeralStorage',
  'Environment',
  'Architectures',
  'TracingConfig',
  'LoggingConfig',
  'DeadLetterConfig',
  'KmsKeyArn',
  'RecursiveLoop',
  'ReservedConcurrentExecutions',
  'Tags',
];

interface FunctionProperties extends FunctionSettings {
  readonly FunctionName?: string;
  readonly Code: { readonly S3Bucket?: string; readonly S3Key?: string; readonly ZipFile?: string };
  readonly PackageType?: string;
  readonly RecursiveLoop?: string;
  readonly ReservedConcurrentExecutions?: number | string;
  readonly Tags?: readonly { readonly Key: string; readonly Value: string }[];
}

export function functionResource(core: LambdaCore): ResourceProvider {
  const created = (name: string): CreatedResource => ({ ref: name, attributes: { Arn: core.functions.arn(name) } });
  return {
    async create(request) {
      const properties = read(request);
      const functionName = properties.FunctionName ?? physicalName(request, 64);
      const tags = Object.fromEntries((properties.Tags ?? []).map(({ Key, Value }) => [Key, Value]));
      const code = await packageOf(core, request, properties);
      const record = createFunction(core, { functionName, settings: properties, code, tags });
      reserveConcurrency(core, record, numberOf(properties.ReservedConcurrentExecutions));
      setRecursiveLoop(record, properties.RecursiveLoop);
      return created(functionName);
    },
    async update({ ref }, request) {
      const properties = read(request);
      if (properties.FunctionName && properties.FunctionName !== ref) {
        throw new Error(`The sandbox cannot rename function ${ref} to ${properties.FunctionName} in place.`);
      }
      const { record } = core.functions.resolve(ref);
      await replaceCode(core, record, await packageOf(core, request, properties));
      await reconfigure(core, record, { Environment: {}, ...properties });
      reserveConcurrency(core, record, numberOf(properties.ReservedConcurrentExecutions));
      setRecursiveLoop(record, properties.RecursiveLoop);
      return created(ref);
    },
    delete: ({ ref }) => deleteFunction(core, ref),
  };
}

function read(request: ResourceRequest): FunctionProperties {
  refuseUnknownProperties(TYPE, request.properties, KNOWN);
  const properties = request.properties as unknown as FunctionProperties;
  if (properties.PackageType && properties.PackageType !== 'Zip') {
    throw new Error(`The sandbox does not emulate ${TYPE} PackageType ${properties.PackageType}.`);
  }
  return properties;
}

async function packageOf(
  core: LambdaCore,
  request: ResourceRequest,
  { Code }: FunctionProperties,
): Promise<CodePackage> {
  refuseUnknownProperties(`${TYPE} Code`, Code, ['S3Bucket', 'S3Key', 'S3ObjectVersion', 'ZipFile']);
  if (Code.ZipFile !== undefined) return core.code.add(packInline(Code.ZipFile));
  if (Code.S3Key === undefined) throw new Error(`${TYPE} ${request.logicalId} names no code.`);
  return core.code.add(await request.artifact(Code.S3Key));
}

const numberOf = (value: number | string | undefined): number | undefined =>
  value === undefined ? undefined : Number(value);
