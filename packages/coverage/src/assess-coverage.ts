import { PASSIVE_TYPES, RULES } from './all-rules.ts';
import type { CoverageReport, CoverageStatus, Exemption, ResourceCoverage } from './coverage-report.ts';
import type { Surroundings } from './coverage-rule.ts';
import { covers, exempt, isNeeded } from './exemptions.ts';
import { type StackResource, StackView } from './stack-view.ts';
import { listOf, type Template, valueAt } from './template.ts';
import { onlyWhatIsThere, withConditions } from './watches/conditional-watches.ts';

/** What is known beside the template: the owner's exemptions, and what watches from outside of the stack. */
export interface CoverageOptions extends Partial<Omit<Surroundings, 'exemptFunctions'>> {
  readonly exemptions?: readonly Exemption[];
}

/** What of a packaged stack is watched, by what, and what is not: each resource by the questions that its type raises. */
export function assessCoverage(template: Template, options: CoverageOptions = {}): CoverageReport {
  const { exemptions = [], accountWatched = false, hasPlugin = false } = options;
  const subscribedGroups = [...(options.subscribedGroups ?? []), ...notedGroups(template)];
  const stack = new StackView(template);
  const exemptFunctions = functionsExempt(stack, exemptions);
  const around = { accountWatched, subscribedGroups, hasPlugin, exemptFunctions };
  const assessed = stack.all().flatMap((resource) => assess(resource, stack, around));
  const resources = assessed.map((resource) => withExemptions(resource, exemptions));
  const count = (status: CoverageStatus): number => resources.filter((each) => each.status === status).length;
  const [watched, unwatched] = [count('watched'), count('unwatched')];
  const notAssessed = typesNotAssessed(stack);
  const isUnknown = resources.length === 0 && notAssessed.length > 0;
  return {
    coveragePct: isUnknown ? 0 : pctOf(watched, watched + unwatched),
    watched,
    unwatched,
    exempt: count('exempt'),
    resources,
    notAssessed,
    idleExemptions: exemptions.filter((exemption) => !assessed.some((resource) => isNeeded(exemption, resource))),
  };
}

/** Log groups of which serverless-lamplighter was told, at a deploy, that something outside the stack subscribes them. */
const notedGroups = ({ Metadata }: Template): readonly string[] =>
  listOf(valueAt(Metadata, 'Lamplighter.SubscribedGroups')).filter((name) => typeof name === 'string');

function assess(resource: StackResource, stack: StackView, around: Surroundings): readonly ResourceCoverage[] {
  const known = RULES.get(resource.Type);
  const raised = known?.rule(resource, stack, around) ?? [];
  if (known === undefined || raised.length === 0) return [];
  const anywhere = known.rule(resource, stack.regardlessOfConditions(), around);
  const aspects = raised
    .map((aspect) => onlyWhatIsThere(aspect, resource, stack))
    .map((aspect) => (aspect.watchedBy.length > 0 ? aspect : withConditions(aspect, anywhere, stack)));
  const { logicalId, Type: type } = resource;
  return [{ logicalId, type, service: known.service, status: 'unwatched', aspects }];
}

function withExemptions(resource: ResourceCoverage, exemptions: readonly Exemption[]): ResourceCoverage {
  const aspects = resource.aspects.map((aspect) => exempt(resource.logicalId, aspect, exemptions));
  const open = aspects.filter(({ watchedBy }) => watchedBy.length === 0);
  const isExempt = open.length > 0 && open.every(({ exemptReason }) => exemptReason !== undefined);
  return { ...resource, aspects, status: open.length === 0 ? 'watched' : isExempt ? 'exempt' : 'unwatched' };
}

function functionsExempt(stack: StackView, exemptions: readonly Exemption[]): ReadonlySet<string> {
  const ids = stack.ofType('AWS::Lambda::Function').map(({ logicalId }) => logicalId);
  return new Set(ids.filter((id) => exemptions.some((each) => covers(each, id, { aspect: 'failures' }))));
}

function typesNotAssessed(stack: StackView): CoverageReport['notAssessed'] {
  const unknown = new Map<string, string[]>();
  for (const { Type, logicalId } of stack.all()) {
    if (RULES.has(Type) || PASSIVE_TYPES.some((passive) => passive.test(Type))) continue;
    unknown.set(Type, [...(unknown.get(Type) ?? []), logicalId]);
  }
  return [...unknown].map(([type, logicalIds]) => ({ type, logicalIds }));
}

/** Cut off, not rounded: 99.96 is not all. */
const pctOf = (part: number, whole: number): number => (whole === 0 ? 100 : Math.floor((part / whole) * 1000) / 10);
