/** A compiled CloudFormation template, as the framework holds it before it is written. */
export interface CompiledTemplate {
  Metadata?: Record<string, unknown>;
  Parameters?: Record<string, unknown>;
  Conditions?: Record<string, unknown>;
  Resources: Record<string, CompiledResource>;
}

export interface CompiledResource {
  readonly Type: string;
  Properties?: Record<string, unknown>;
  Condition?: string;
  Metadata?: Record<string, unknown>;
  DependsOn?: string | readonly string[];
}

export const PARAMETERS = {
  destination: 'LamplighterDestinationArn',
  role: 'LamplighterDestinationRoleArn',
} as const;

/** Holds where Lamplighter takes logs through its Kinesis stream; then CloudWatch Logs needs a role to write to it. */
export const STREAM_CONDITION = 'LamplighterTakesStream';
/** Holds where it takes them by its function; then CloudWatch Logs needs leave to call it. */
export const DIRECT_CONDITION = 'LamplighterTakesDirect';
/** What the ingestion service publishes in place of a role where it needs none. */
export const NO_ROLE = 'none';

/** Where a stage of Lamplighter publishes what its watched services need. */
export const publishedNames = (stage: string): { readonly destination: string; readonly role: string } => ({
  destination: `/lamplighter/${stage}/ingestion/destination-arn`,
  role: `/lamplighter/${stage}/ingestion/destination-role-arn`,
});

/** The filter that this plugin adds to a log group; Lamplighter's own round calls its filter `lamplighter-<stage>`. */
export const filterNameOf = (stage: string): string => `lamplighter-plugin-${stage}`;
