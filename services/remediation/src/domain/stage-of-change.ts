import type { RemedyContext } from '@lamplighter/remedies';

/** The stage of what is changed, by its own tags, and where those tell none by the tags of the function that the finding is about. Not Lamplighter's own: it watches any stage. */
export const stageOfChange = (
  resourceTags: Readonly<Record<string, string>> | undefined,
  context: RemedyContext,
  stageTag: string,
): string | undefined => resourceTags?.[stageTag] ?? context.function?.tags[stageTag];
