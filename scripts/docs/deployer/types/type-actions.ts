/** What CloudFormation calls, with the deployer's permissions, for a resource of a type. */
export interface TypeActions {
  /** To create, read, change, tag and delete one, whatever it holds. Every stack has a tag, which CloudFormation hands on. */
  readonly actions: readonly string[];
  /** Every property that a template may use, with what it takes beyond `actions`: one that is not here was never looked up. */
  readonly properties: Readonly<Record<string, readonly string[]>>;
  /** Service that the resource's role is passed to. */
  readonly passesRoleTo?: string;
}

export const TAGS = ['ListTagsForResource', 'TagResource', 'UntagResource'] as const;

/** `of('s3', 'CreateBucket')`: `s3:CreateBucket`. */
export const of = (service: string, ...operations: readonly string[]): readonly string[] =>
  operations.map((operation) => `${service}:${operation}`);

/** Properties that go with the calls that create and change the resource. */
export const within = (...names: readonly string[]): TypeActions['properties'] =>
  Object.fromEntries(names.map((name) => [name, []]));

/** The four calls of a resource that has no others. */
export const lifeOf = (service: string, noun: string, read = 'Get'): readonly string[] =>
  of(service, `Create${noun}`, `Delete${noun}`, `${read}${noun}`, `Update${noun}`);
