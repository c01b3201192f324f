import type { CompiledTemplate } from './woven-template.ts';

/** How much of what CloudFormation limits a template has. */
export interface TemplateSize {
  readonly resources: number;
  readonly parameters: number;
  /** As the frameworks upload it. */
  readonly bytes: number;
}

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/cloudformation-limits.html, of a template in a bucket */
const MOST: TemplateSize = { resources: 500, parameters: 200, bytes: 1_048_576 };

export function templateSize(template: CompiledTemplate): TemplateSize {
  return {
    resources: Object.keys(template.Resources).length,
    parameters: Object.keys(template.Parameters ?? {}).length,
    bytes: Buffer.byteLength(JSON.stringify(template)),
  };
}

/** A sentence for each limit that a template is over only with what the plugin has added to it. */
export function limitsPassed(before: TemplateSize, after: TemplateSize): readonly string[] {
  const kinds = ['resources', 'parameters', 'bytes'] as const;
  return kinds
    .filter((kind) => before[kind] <= MOST[kind] && after[kind] > MOST[kind])
    .map(
      (kind) =>
        `The template has ${after[kind]} ${kind}, of which ${after[kind] - before[kind]} are this plugin's, and CloudFormation takes ${MOST[kind]}. Set custom.lamplighter.subscriptions to false: Lamplighter's own round subscribes the log groups under /aws/lambda/.`,
    );
}
