import { assessCoverage, type CoverageReport, summariseCoverage, type Template } from '@lamplighter/coverage';
import type { LamplighterOptions } from './options/lamplighter-options.ts';
import { PluginError } from './plugin-error.ts';

const MOST_GAPS = 5;

/** Coverage of the packaged template, with the service's exemptions. */
export function coverageOf(template: Template, options: LamplighterOptions): CoverageReport {
  const exemptions = options.exemptions.map(({ resource, aspect, reason }) => ({
    resource,
    reason,
    ...(aspect === undefined ? {} : { aspect }),
  }));
  return assessCoverage(template, { exemptions, accountWatched: options.accountWatched, hasPlugin: true });
}

/** The summary, and a line for each of the first gaps. */
export function coverageLines(report: CoverageReport): { readonly summary: string; readonly gaps: readonly string[] } {
  const open = report.resources.flatMap(({ logicalId, aspects }) =>
    aspects
      .filter(({ watchedBy, exemptReason }) => watchedBy.length === 0 && exemptReason === undefined)
      .map(({ aspect, mend }) => `${logicalId}: ${aspect} not watched; ${mend}`),
  );
  const more = open.length - MOST_GAPS;
  const gaps = more > 0 ? [...open.slice(0, MOST_GAPS), `and ${more} more: serverless lamplighter coverage`] : open;
  return { summary: `Lamplighter: ${summariseCoverage(report)}`, gaps };
}

/** Throws {@link PluginError} below the owner's minimum, told by where it stands. */
export function requireCoverage(
  { coveragePct }: CoverageReport,
  minimumPct: number | undefined,
  by = 'custom.lamplighter.minimumCoveragePct',
): void {
  if (minimumPct === undefined || coveragePct >= minimumPct) return;
  throw new PluginError(
    'LAMPLIGHTER_COVERAGE',
    `Monitoring coverage is ${coveragePct} %, and ${by} asks for ${minimumPct} %. Mend what is listed, or exempt it with a reason.`,
  );
}
