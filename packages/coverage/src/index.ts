export { assessCoverage, type CoverageOptions } from './assess-coverage.ts';
export type {
  AssessedAspect,
  CoverageReport,
  CoverageStatus,
  Exemption,
  ResourceCoverage,
  Watch,
  WatchKind,
} from './coverage-report.ts';
export { renderCoverage, summariseCoverage } from './render-coverage.ts';
export type { Template, TemplateResource } from './template.ts';
export { type TemplateLogGroups, templateLogGroups } from './template-log-groups.ts';
export { edgeFunctions } from './watches/edge.ts';
