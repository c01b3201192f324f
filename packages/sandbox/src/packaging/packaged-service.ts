import { readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';

/** A service as `sls package` wrote it. */
export interface PackagedService {
  /** Name of the service's folder. */
  readonly service: string;
  readonly stage: string;
  readonly region: string;
  /** Folder with the template and the zips. */
  readonly directory: string;
  /** Whether it was there already. */
  readonly cached: boolean;
}

const TEMPLATE = 'cloudformation-template-update-stack.json';

/** The file of the packaged CloudFormation template. */
export function templatePath(packaged: Pick<PackagedService, 'directory'>): string {
  return join(packaged.directory, TEMPLATE);
}

/** The packaged CloudFormation template. */
export async function readTemplate(packaged: Pick<PackagedService, 'directory'>): Promise<unknown> {
  return JSON.parse(await readFile(templatePath(packaged), 'utf8'));
}

/** The zip that the template names by its S3 key. Throws where the key names none. */
export async function readArtifact(packaged: Pick<PackagedService, 'directory'>, s3Key: string): Promise<Buffer> {
  return readFile(join(packaged.directory, basename(s3Key)));
}
