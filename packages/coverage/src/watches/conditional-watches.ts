import type { Aspect } from '../coverage-report.ts';
import type { StackResource, StackView } from '../stack-view.ts';

/** An aspect without the readers and callers that are there under a condition alone: they say nothing of a resource that is there without it. */
export function onlyWhatIsThere(aspect: Aspect, resource: StackResource, stack: StackView): Aspect {
  const isThere = (logicalId: string): boolean => {
    const watch = stack.withId(logicalId);
    return watch === undefined || stack.isThereWith(watch, resource);
  };
  const watchedBy = aspect.watchedBy.filter(({ through }) => through.length === 0 || through.some(isThere));
  return { ...aspect, watchedBy };
}

/**
 * Says of an aspect that is open which watches would answer it if their conditions held.
 * @param anywhere what the same rule finds where every condition holds
 */
export function withConditions(aspect: Aspect, anywhere: readonly Aspect[], stack: StackView): Aspect {
  const would = anywhere.find((each) => each.aspect === aspect.aspect)?.watchedBy ?? [];
  const told = would
    .flatMap(({ through }) => through)
    .flatMap((id) => {
      const condition = stack.withId(id)?.Condition;
      return condition === undefined ? [] : [`${id} is there under the condition ${condition} alone`];
    });
  return told.length === 0 ? aspect : { ...aspect, why: `${aspect.why}: ${told.join(', ')}` };
}
