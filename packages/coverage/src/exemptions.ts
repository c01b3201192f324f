import type { Aspect, AssessedAspect, Exemption, ResourceCoverage } from './coverage-report.ts';

/** The aspect with the reason why it may stay unwatched, where there is one; what is watched needs none. */
export function exempt(logicalId: string, aspect: Aspect, exemptions: readonly Exemption[]): AssessedAspect {
  if (aspect.watchedBy.length > 0) return aspect;
  const exemption = exemptions.find((each) => covers(each, logicalId, aspect));
  return exemption === undefined ? aspect : { ...aspect, exemptReason: exemption.reason };
}

/** Whether an exemption speaks of something of this resource that nothing watches. */
export function isNeeded(exemption: Exemption, { logicalId, aspects }: ResourceCoverage): boolean {
  return aspects.some((aspect) => aspect.watchedBy.length === 0 && covers(exemption, logicalId, aspect));
}

/** Whether an exemption speaks of this question of a resource. */
export function covers(exemption: Exemption, logicalId: string, { aspect }: Pick<Aspect, 'aspect'>): boolean {
  if (exemption.aspect !== undefined && exemption.aspect !== aspect) return false;
  return matches(exemption.resource.split('*'), logicalId);
}

/** Whether a text is these parts with anything between them. Linear: each part is looked for behind the one before. */
function matches(parts: readonly string[], text: string): boolean {
  const [first = '', ...rest] = parts;
  const last = rest.pop();
  if (last === undefined) return text === first;
  if (!text.startsWith(first) || !text.endsWith(last) || text.length < first.length + last.length) return false;
  let from = first.length;
  for (const part of rest) {
    const at = text.indexOf(part, from);
    if (at < 0) return false;
    from = at + part.length;
  }
  return from <= text.length - last.length;
}
