/** `pnpm package [SERVICE...] [--stage dev] [--region us-east-1] [--param name=value]...`: packages services offline, as `sls deploy` would ship them. */
import { basename, relative } from 'node:path';
import { parseArgs } from 'node:util';
import { describePackaging, PackagingError, packageServices } from '../packages/sandbox/src/packaging/index.ts';
import { listServiceFolders, REPOSITORY } from './workspace-services.ts';

try {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      stage: { type: 'string', default: 'dev' },
      region: { type: 'string', default: 'us-east-1' },
      param: { type: 'string', multiple: true, default: [] },
    },
  });
  const started = Date.now();
  const requests = chooseServices(positionals).map((serviceDir) => ({
    serviceDir,
    stage: values.stage,
    region: values.region,
    params: Object.fromEntries(values.param.map(splitParam)),
  }));
  const packaged = await packageServices(requests, (event) => {
    const line = describePackaging(event);
    if (line) console.error(line);
  });
  for (const { service, directory, cached } of packaged) {
    console.log(`${service}\t${relative(REPOSITORY, directory)}${cached ? '\t(unchanged)' : ''}`);
  }
  console.error(`${packaged.length} services in ${((Date.now() - started) / 1000).toFixed(1)} s`);
} catch (error) {
  const isMisuse = error instanceof RangeError || (error as NodeJS.ErrnoException).code?.startsWith('ERR_PARSE_ARGS');
  if (!(error instanceof PackagingError || isMisuse)) throw error;
  console.error((error as Error).message);
  process.exitCode = 1;
}

function chooseServices(names: readonly string[]): readonly string[] {
  const folders = listServiceFolders();
  const unknown = names.find((name) => !folders.some((folder) => basename(folder) === name));
  if (unknown) {
    throw new RangeError(
      `There is no service ${unknown}; there are: ${folders.map((folder) => basename(folder)).join(', ')}.`,
    );
  }
  return names.length === 0 ? folders : folders.filter((folder) => names.includes(basename(folder)));
}

function splitParam(param: string): [string, string] {
  const at = param.indexOf('=');
  if (at < 1) throw new RangeError(`--param takes name=value, not ${param}.`);
  return [param.slice(0, at), param.slice(at + 1)];
}
