import type { SmallFunction } from '@lamplighter/sandbox';

/** A query function that answers from a list, so that the console can be seen with more than a test can cause. */
type StandIn = SmallFunction & { readonly code: string };

/** Plays the analysis service with as many findings as wanted, in pages. */
export const standInFindings = (example: object, count: number): StandIn => ({
  name: 'lamplighter-analysis-dev-query-findings',
  code: `
const example = ${JSON.stringify(example)};
const at = (index) => ({ ...example, findingId: 'finding-' + index, title: index + ': ' + example.title, state: index < 3 ? 'open' : 'resolved' });
exports.handler = async ({ kind, limit = 50, cursor = '0', findingId }) => {
  if (kind === 'by-id') return { kind: 'finding', finding: at(Number(findingId.split('-')[1])) };
  if (kind === 'open') return { kind: 'findings', findings: [0, 1, 2].map(at) };
  const from = Number(cursor);
  const to = Math.min(from + limit, ${count});
  return { kind: 'findings', findings: Array.from({ length: to - from }, (_, index) => at(from + index)), ...(to < ${count} && { cursor: String(to) }) };
};`,
});

/** Plays the ingestion service's audit with as many functions as wanted. */
export const standInFunctions = (count: number): StandIn => ({
  name: 'lamplighter-ingestion-dev-query-audit',
  code: `
exports.handler = async ({ kind, limit = 1000 }) => {
  if (kind === 'windows') return { kind: 'windows', windows: [] };
  if (kind === 'completeness') return { kind: 'completeness', hours: [] };
  if (kind === 'by-request') return { kind: 'not-found', nearest: [] };
  if (kind !== 'functions') return { kind: 'invalid-query', reason: 'not played' };
  const functions = Array.from({ length: Math.min(limit, ${count}) }, (_, index) => ({ functionName: 'shop-function-' + index, accountId: '123456789012', region: 'us-east-1', logGroup: '/aws/lambda/shop-function-' + index }));
  return { kind: 'functions', functions };
};`,
});
