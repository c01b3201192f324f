import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';

const execute = promisify(execFile);

/** Loads a handler as the runtime does, and tells how long that took. */
const LOADER = `
const begin = performance.now();
const handler = (await import(process.argv[1])).handler;
if (typeof handler !== 'function') throw new Error('no handler');
process.stdout.write(String(performance.now() - begin));
process.exit(0);
`;

/** Milliseconds from start to loaded handler in fresh Node processes, one after another. */
export async function measureInit(
  modulePath: string,
  environment: Readonly<Record<string, string>>,
  runs: number,
): Promise<readonly number[]> {
  const file = ['.js', '.mjs', '.cjs'].map((ending) => `${modulePath}${ending}`).find((path) => existsSync(path));
  if (!file) throw new RangeError(`The package holds no handler ${modulePath}.`);
  const times: number[] = [];
  for (let run = 0; run < runs; run++) {
    const { stdout } = await execute(
      process.execPath,
      ['--input-type=module', '-e', LOADER, pathToFileURL(file).href],
      {
        env: { ...environment, AWS_REGION: 'us-east-1', AWS_LAMBDA_FUNCTION_NAME: 'measured', NODE_ENV: 'production' },
      },
    );
    times.push(Number(stdout));
  }
  return times;
}
