import { createHash } from 'node:crypto';
import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { unzipSync } from 'fflate';
import { invalidParameter } from '../lambda-errors.ts';

/** 250 MB unzipped, https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html */
const MAX_UNZIPPED_BYTES = 262_144_000;

/** Hash of a deployment package, as `CodeSha256` shows it. */
export const codeSha256 = (zip: Buffer): string => createHash('sha256').update(zip).digest('base64');

/** Unpacks a deployment package into `directory`; throws InvalidParameterValueException for what AWS would refuse. */
export async function extractPackage(zip: Buffer, directory: string): Promise<void> {
  const files = Object.entries(unzip(zip));
  const bytes = files.reduce((sum, [, content]) => sum + content.byteLength, 0);
  if (bytes > MAX_UNZIPPED_BYTES) {
    throw invalidParameter(`Unzipped size must be smaller than ${MAX_UNZIPPED_BYTES} bytes`);
  }
  await mkdir(directory, { recursive: true });
  for (const [name, content] of files) {
    const file = path.resolve(directory, name);
    if (file !== directory && !file.startsWith(directory + path.sep)) {
      throw invalidParameter(`The package names a file outside of itself: ${name}`);
    }
    if (name.endsWith('/')) await mkdir(file, { recursive: true });
    else {
      await mkdir(path.dirname(file), { recursive: true });
      await writeFile(file, content);
    }
  }
}

function unzip(zip: Buffer): Record<string, Uint8Array> {
  try {
    return unzipSync(zip);
  } catch (cause) {
    throw Object.assign(
      invalidParameter('Could not unzip uploaded file. Please check your file, then try to upload again.'),
      {
        cause,
      },
    );
  }
}
