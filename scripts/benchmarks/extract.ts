import { isDeepStrictEqual } from 'node:util';
import { Worker } from 'node:worker_threads';
import { compileExtractor } from '../../packages/xml-extract/src/index.ts';
import type { BenchmarkOptions, BenchmarkReport } from './benchmark.ts';
import type { Contender } from './extract/contenders/contender.ts';
import { domWalk, domXpath } from './extract/contenders/dom.ts';
import { fastXmlParser } from './extract/contenders/fast-xml-parser.ts';
import { saxesPaths } from './extract/contenders/saxes.ts';
import type { ExtractAnswer, ExtractTask } from './extract/extract-worker.ts';
import { readMessages } from './extract/messages.ts';
import { RESERVATION_SHAPE } from './extract/reservation-shape.ts';
import { renderFigures } from './render-figures.ts';

const FLOOR = { messagesPerSecond: 6_000, ratioToDom: 5, ratioToXpath: 15 };
const AIM_PER_SECOND = 8_333;
const CORES = 2;
const MILLION = 1_000_000;
const MEASURED_MS = 2_500;
const HEAP_GROWTH_LIMIT_MB = 1;
const CHECKPOINTS = 10;
const MEGABYTE = 1e6;

interface Rate {
  readonly name: string;
  /** By processor time, so that neighbours on the machine do not count. */
  readonly messagesPerSecond: number;
  readonly megabytesPerSecond: number;
  readonly ratio: number;
}

/** Extraction of some thirty details: a million messages on two cores, and beside other libraries on one. */
export async function run({ data }: BenchmarkOptions): Promise<BenchmarkReport> {
  const { messages, refused } = readMessages(data);
  const contenders = listContenders();
  const disagreeing = data === undefined ? disagreements(contenders, messages) : [];
  const rates = sideBySide(contenders, messages);
  const million = await extractMillion(messages);
  const figures = {
    messagesPerSecond: million.messagesPerSecond,
    messagesPerSecondByClock: million.messagesPerSecondByClock,
    messagesPerSecondFloor: FLOOR.messagesPerSecond,
    messagesPerSecondAim: AIM_PER_SECOND,
    megabytesPerSecond: (million.messagesPerSecond * meanBytes(messages)) / MEGABYTE,
    ratioToDom: ratioTo(rates, 'DOM walk'),
    ratioToDomFloor: FLOOR.ratioToDom,
    ratioToXpath: ratioTo(rates, 'DOM + XPath'),
    ratioToXpathFloor: FLOOR.ratioToXpath,
    heapGrowthMb: million.heapGrowthMb,
    heapGrowthMbLimit: HEAP_GROWTH_LIMIT_MB,
    extracted: million.extracted,
    bytesPerMessage: meanBytes(messages),
    refusedFiles: refused,
    disagreeing: disagreeing.join(', ') || 'none',
    oneCore: rates,
  };
  const isFast =
    figures.messagesPerSecond >= FLOOR.messagesPerSecond &&
    figures.ratioToDom >= FLOOR.ratioToDom &&
    figures.ratioToXpath >= FLOOR.ratioToXpath;
  const isRight =
    disagreeing.length === 0 && million.extracted === MILLION && million.heapGrowthMb <= HEAP_GROWTH_LIMIT_MB;
  return { figures, text: renderFigures(figures), isWithinLimits: isFast && isRight };
}

function listContenders(): ReadonlyMap<string, (message: Buffer) => unknown> {
  const extract = compileExtractor(RESERVATION_SHAPE);
  const decoded = (contender: Contender) => (message: Buffer) => contender(message.toString('utf8'));
  return new Map([
    ['xml-extract', (message: Buffer) => extract(message)],
    ['saxes', decoded(saxesPaths(RESERVATION_SHAPE))],
    ['DOM walk', decoded(domWalk(RESERVATION_SHAPE))],
    ['fast-xml-parser', decoded(fastXmlParser(RESERVATION_SHAPE))],
    ['DOM + XPath', decoded(domXpath(RESERVATION_SHAPE))],
  ]);
}

/** A comparison is fair only where all find the same. */
function disagreements(
  contenders: ReadonlyMap<string, (message: Buffer) => unknown>,
  messages: readonly Buffer[],
): string[] {
  const expected = contenders.get('xml-extract')!(messages[0]!) as { readonly record: unknown };
  return [...contenders]
    .filter(([name, take]) => name !== 'xml-extract' && !isDeepStrictEqual(take(messages[0]!), expected.record))
    .map(([name]) => name);
}

/** One after the other, twice, so that each is measured warm. */
function sideBySide(
  contenders: ReadonlyMap<string, (message: Buffer) => unknown>,
  messages: readonly Buffer[],
): Rate[] {
  for (const take of contenders.values()) messagesPerCpuSecond(take, messages, MEASURED_MS / 5);
  const rates = [...contenders].map(([name, take]) => ({
    name,
    rate: messagesPerCpuSecond(take, messages, MEASURED_MS),
  }));
  return rates.map(({ name, rate }) => ({
    name,
    messagesPerSecond: rate,
    megabytesPerSecond: (rate * meanBytes(messages)) / MEGABYTE,
    ratio: rates[0]!.rate / rate,
  }));
}

function messagesPerCpuSecond(take: (message: Buffer) => unknown, messages: readonly Buffer[], forMs: number): number {
  const before = process.cpuUsage();
  const end = performance.now() + forMs;
  let count = 0;
  while (performance.now() < end) {
    for (const message of messages) take(message);
    count += messages.length;
  }
  const { user, system } = process.cpuUsage(before);
  return count / ((user + system) / 1e6);
}

const ratioTo = (rates: readonly Rate[], name: string): number => rates.find((rate) => rate.name === name)!.ratio;

const meanBytes = (messages: readonly Buffer[]): number =>
  messages.reduce((sum, { length }) => sum + length, 0) / messages.length;

/**
 * A million messages over two worker threads, their start included. The rate is that of two free cores: by the processor
 * time of the whole process, collections included, so that neighbours on the machine do not count; beside it by the clock.
 */
async function extractMillion(messages: readonly Buffer[]) {
  const start = performance.now();
  const cpuBefore = process.cpuUsage();
  const answers = await Promise.all(
    Array.from({ length: CORES }, () => ask({ messages, count: MILLION / CORES, checkpoints: CHECKPOINTS })),
  );
  const seconds = (performance.now() - start) / 1e3;
  const { user, system } = process.cpuUsage(cpuBefore);
  const secondsOnBothCores = (user + system) / 1e6 / CORES;
  const extracted = answers.reduce((sum, answer) => sum + answer.extracted, 0);
  const growths = answers.map(({ heapBytes }) => (heapBytes.at(-1)! - heapBytes[0]!) / MEGABYTE);
  return {
    extracted,
    messagesPerSecond: extracted / secondsOnBothCores,
    messagesPerSecondByClock: extracted / seconds,
    heapGrowthMb: Math.max(0, ...growths),
  };
}

function ask(task: ExtractTask): Promise<ExtractAnswer> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(new URL('./extract/extract-worker.ts', import.meta.url), { workerData: task });
    worker.once('message', resolve);
    worker.once('error', reject);
  });
}
