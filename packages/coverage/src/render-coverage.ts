import type { AssessedAspect, CoverageReport, ResourceCoverage, Watch, WatchKind } from './coverage-report.ts';

const WORDS: Readonly<Record<WatchKind, string>> = {
  subscription: 'subscription of its logs',
  'account-policy': 'subscription of the account',
  alarm: 'alarm',
  'dead-letter': 'dead letters',
  'access-log': 'access log',
  'execution-log': 'log',
  tracing: 'tracing',
  'event-rule': 'event rule',
  consumers: 'its watched readers',
  callers: 'its watched callers',
};
const MARK = { watched: '+', unwatched: '-', exempt: 'o' } as const;
const MOST_NAMES = 3;

/** One sentence: the share, how many of how many, and what it says nothing about. */
export function summariseCoverage({ coveragePct, watched, unwatched, exempt, notAssessed }: CoverageReport): string {
  const exempted = exempt === 0 ? '' : `, ${exempt} exempt`;
  const unknown = notAssessed.flatMap(({ logicalIds }) => logicalIds).length;
  const types = named(notAssessed.map(({ type }) => type));
  const rest = unknown === 0 ? '' : `, ${unknown} not assessed (${types})`;
  return withoutControls(
    `monitoring coverage ${coveragePct} %: ${watched} of ${watched + unwatched} resources watched${exempted}${rest}`,
  );
}

/** The report as lines for a terminal: by service, `+` watched, `-` not, `o` exempt; for what is not, why and how to mend it. */
export function renderCoverage(report: CoverageReport): readonly string[] {
  const services = [...new Set(report.resources.map(({ service }) => service))];
  const lines = services.flatMap((service) => [
    service,
    ...report.resources.filter((resource) => resource.service === service).flatMap(renderResource),
  ]);
  const rest = report.notAssessed.map(({ type, logicalIds }) => `not assessed: ${type} (${named(logicalIds)})`);
  const idle = report.idleExemptions.map(({ resource }) => `exemption without need: ${resource}`);
  return [...lines, ...rest, ...idle, summariseCoverage(report)].map(withoutControls);
}

function renderResource({ logicalId, status, aspects }: ResourceCoverage): readonly string[] {
  const head = `  ${MARK[status]} ${logicalId}`;
  if (status === 'watched') return [`${head}  ${aspects.flatMap(renderAspect).join('; ')}`];
  return [head, ...aspects.flatMap(renderAspect).map((line) => `      ${line}`)];
}

function renderAspect({ aspect, watchedBy, why, mend, exemptReason }: AssessedAspect): readonly string[] {
  if (watchedBy.length > 0) return [`${aspect}: ${watchedBy.map(describeWatch).join(', ')}`];
  if (exemptReason !== undefined) return [`${aspect}: exempt, ${exemptReason}`];
  return [`${aspect}: not watched, ${why}`, `  mend: ${mend}`];
}

function describeWatch({ kind, through }: Watch): string {
  return through.length === 0 ? WORDS[kind] : `${WORDS[kind]} (${named(through)})`;
}

function named(names: readonly string[]): string {
  const more = names.length - MOST_NAMES;
  return more > 0 ? `${names.slice(0, MOST_NAMES).join(', ')} and ${more} more` : names.join(', ');
}

/** A template is a file of anybody's: no control or direction character of it reaches a terminal. */
const withoutControls = (text: string): string => text.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, '\u{fffd}');
