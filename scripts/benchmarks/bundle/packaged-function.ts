import { mkdir, readdir, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { extractPackage, readArtifact, readTemplate } from '../../../packages/sandbox/src/packaging/index.ts';
import type { PackagedVariant } from '../../packaged-variants.ts';

/** A function as it is shipped, unpacked. */
export interface PackagedFunction {
  /** Service and function: `ingestion/query-audit`. */
  readonly name: string;
  /** File that the handler is in, without its ending. */
  readonly modulePath: string;
  readonly environment: Readonly<Record<string, string>>;
  readonly zipBytes: number;
  readonly unpackedBytes: number;
}

interface FunctionProperties {
  readonly FunctionName: unknown;
  readonly Handler: string;
  readonly Code: { readonly S3Key?: string };
  readonly Environment?: { readonly Variables?: Readonly<Record<string, unknown>> };
}

/** Unpacks every function of a packaged service below `directory`. */
export async function unpackFunctions(
  packaged: PackagedVariant,
  directory: string,
): Promise<readonly PackagedFunction[]> {
  const template = (await readTemplate(packaged)) as {
    Resources: Record<string, { Type: string; Properties: FunctionProperties }>;
  };
  const functions = Object.entries(template.Resources).filter(
    ([, resource]) => resource.Type === 'AWS::Lambda::Function',
  );
  return Promise.all(
    functions.map(([logicalId, { Properties }]) => unpackFunction(packaged, logicalId, Properties, directory)),
  );
}

async function unpackFunction(
  packaged: PackagedVariant,
  logicalId: string,
  properties: FunctionProperties,
  directory: string,
): Promise<PackagedFunction> {
  const { S3Key } = properties.Code;
  if (!S3Key)
    throw new RangeError(`${logicalId} of ${packaged.service} has its code in the template, not in a package.`);
  const zip = await readArtifact(packaged, S3Key);
  const folder = join(directory, packaged.service, packaged.door, logicalId);
  await extractPackage(zip, folder);
  // A bundle in CommonJS dies below a package.json that says "module"; AWS has none above it.
  await mkdir(folder, { recursive: true });
  const unpackedBytes = await sizeOf(folder);
  await writeFile(join(folder, 'package.json'), '{}');
  return {
    name: `${packaged.service}/${S3Key.slice(S3Key.lastIndexOf('/') + 1, -'.zip'.length)}`,
    modulePath: join(folder, properties.Handler.replace(/\.[^.]+$/, '')),
    environment: placeholders(properties.Environment?.Variables ?? {}),
    zipBytes: zip.byteLength,
    unpackedBytes,
  };
}

/** Texts as they are; what CloudFormation would fill in is given a value of the usual shape. */
function placeholders(variables: Readonly<Record<string, unknown>>): Record<string, string> {
  const filled = Object.entries(variables).map(([name, value]) => [
    name,
    typeof value === 'object' ? 'placeholder' : String(value),
  ]);
  return Object.fromEntries(filled);
}

async function sizeOf(folder: string): Promise<number> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const sizes = await Promise.all(
    entries.filter((entry) => entry.isFile()).map((entry) => stat(join(entry.parentPath, entry.name))),
  );
  return sizes.reduce((sum, { size }) => sum + size, 0);
}
