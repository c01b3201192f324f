import { compareWithSaxes } from './differential.ts';

/** `pnpm --filter @lamplighter/xml-extract differential [COUNT] [SEED]`: compares with saxes on that many mutated documents. */
const [count = '1000000', seed = '1'] = process.argv.slice(2);
const { differences, ...counts } = compareWithSaxes(Number(count), Number(seed));
console.log(JSON.stringify({ ...counts, differences: differences.length }, null, 2));
for (const xml of differences.slice(0, 10)) console.log(JSON.stringify(xml));
if (differences.length > 0) process.exitCode = 1;
