import { spawn } from 'node:child_process';
import { cp, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { offlineEnvironment } from '@lamplighter/sandbox/packaging';
import { installPlugin } from '../src/build/bundle-plugin.ts';

export const SAMPLES = ['rest', 'streams', 'workflows'] as const;
export type Sample = (typeof SAMPLES)[number];
export const FRAMEWORKS = ['osls3', 'osls4'] as const;
export type Framework = (typeof FRAMEWORKS)[number];

/** How `sls package` ended. */
export interface PackagedSample {
  readonly exitCode: number | null;
  readonly output: string;
  /** What it wrote. */
  readonly directory: string;
}

export interface SampleRequest {
  readonly sample: Sample;
  readonly framework: Framework;
  /** false: as its owner had it before. */
  readonly hasPlugin?: boolean;
  /** Takes the place of texts in serverless.yml. */
  readonly replace?: Readonly<Record<string, string>>;
  readonly command?: readonly string[];
}

/** Folders with the plugin as it is published, in which samples are packaged by the real frameworks. */
export class SampleWorkshop {
  readonly #root: string;

  private constructor(root: string) {
    this.#root = root;
  }

  static async open(): Promise<SampleWorkshop> {
    const root = await mkdtemp(join(tmpdir(), 'lamplighter-plugin-'));
    const nodeModules = join(root, 'node_modules');
    await installPlugin(nodeModules);
    await symlink(join(import.meta.dirname, '../node_modules/@aws-sdk'), join(nodeModules, '@aws-sdk'));
    return new SampleWorkshop(root);
  }

  async package(request: SampleRequest): Promise<PackagedSample> {
    const folder = await mkdtemp(join(this.#root, `${request.sample}-`));
    await cp(join(import.meta.dirname, 'fixtures', request.sample), folder, { recursive: true });
    await prepareConfiguration(folder, request);
    const { command = ['package'] } = request;
    const args = [binaryOf(request.framework), ...command, '--stage', 'dev', '--region', 'us-east-1'];
    return { ...(await run(args, folder)), directory: join(folder, '.serverless') };
  }

  close(): Promise<void> {
    return rm(this.#root, { recursive: true, force: true });
  }
}

async function prepareConfiguration(folder: string, { hasPlugin = true, replace = {} }: SampleRequest): Promise<void> {
  const file = join(folder, 'serverless.yml');
  let text = await readFile(file, 'utf8');
  if (!hasPlugin) text = text.replace('plugins:\n  - serverless-lamplighter\n', '');
  for (const [from, to] of Object.entries(replace)) text = text.replace(from, to);
  await writeFile(file, text);
}

export function binaryOf(framework: Framework): string {
  const manifest = createRequire(import.meta.url).resolve(`${framework}/package.json`);
  return join(dirname(manifest), 'bin', 'serverless.js');
}

function run(args: readonly string[], cwd: string): Promise<{ exitCode: number | null; output: string }> {
  const child = spawn(process.execPath, args, { cwd, env: offlineEnvironment(), stdio: ['ignore', 'pipe', 'pipe'] });
  let output = '';
  const collect = (text: string): void => {
    output += text;
  };
  child.stdout.setEncoding('utf8').on('data', collect);
  child.stderr.setEncoding('utf8').on('data', collect);
  return new Promise((resolve, reject) => {
    child.once('error', reject).once('close', (exitCode) => resolve({ exitCode, output }));
  });
}
