import type { PreflightResult } from '../preflight/check-groups.ts';
import type { CompiledTemplate } from './woven-template.ts';

/**
 * Writes into the template's `Metadata` what a deploy was told. Where Lamplighter takes logs: a template that is the same byte for byte is
 * not deployed again, and CloudFormation reads the parameter of a door that has moved only when it deploys. And which groups are watched
 * from elsewhere, which nothing else in the template shows: coverage reads it (packages/coverage).
 */
export function noteDeployment(template: CompiledTemplate, { destinationArn, left }: PreflightResult): void {
  if (destinationArn === undefined) return;
  const watched = left.filter(({ isWatched }) => isWatched).map(({ name }) => name);
  template.Metadata = {
    ...template.Metadata,
    Lamplighter: { DestinationArn: destinationArn, ...(watched.length > 0 && { SubscribedGroups: watched }) },
  };
}
