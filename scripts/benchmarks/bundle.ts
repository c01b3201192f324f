import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { packageVariants } from '../packaged-variants.ts';
import type { BenchmarkReport } from './benchmark.ts';
import { measureInit } from './bundle/measure-init.ts';
import { type PackagedFunction, unpackFunctions } from './bundle/packaged-function.ts';
import { median } from './median.ts';
import { renderFigures } from './render-figures.ts';

const RUNS = 7;

interface Measured {
  readonly name: string;
  readonly zipBytes: number;
  readonly bundleBytes: number;
  /** Median of fresh processes, milliseconds. */
  readonly initMs: number;
}

/** What each function of each service weighs and how long it takes to load, beside a handler that is empty. */
export async function run(): Promise<BenchmarkReport> {
  const directory = await mkdtemp(join(tmpdir(), 'lamplighter-bundle-'));
  try {
    const empty = await measure(await emptyFunction(directory));
    const functions = await everyFunction(directory);
    const measured: Measured[] = [];
    for (const each of functions) measured.push(await measure(each));
    const figures = { emptyInitMs: empty.initMs, functions: measured };
    return { figures, text: renderFigures(figures), isWithinLimits: true };
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
}

async function everyFunction(directory: string): Promise<readonly PackagedFunction[]> {
  const unpacked: PackagedFunction[] = [];
  for (const packaged of await packageVariants(['us-east-1']))
    unpacked.push(...(await unpackFunctions(packaged, directory)));
  const byName = new Map(unpacked.map((each) => [each.name, each]));
  return [...byName.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
}

async function emptyFunction(directory: string): Promise<PackagedFunction> {
  const modulePath = join(directory, 'empty');
  const code = 'exports.handler = async () => {};\n';
  await writeFile(`${modulePath}.cjs`, code);
  return { name: '(empty handler)', modulePath, environment: {}, zipBytes: 0, unpackedBytes: code.length };
}

async function measure(fn: PackagedFunction): Promise<Measured> {
  const times = await measureInit(fn.modulePath, fn.environment, RUNS);
  return { name: fn.name, zipBytes: fn.zipBytes, bundleBytes: fn.unpackedBytes, initMs: round(median(times)) };
}

function round(ms: number): number {
  return Math.round(ms * 10) / 10;
}
