export interface SecretsPeer {
  /** Text of a version of a secret, the current one where none is asked for; throws `ResourceNotFoundException`. */
  value(secretId: string, versionStage?: string, versionId?: string): { readonly arn: string; readonly text: string };
  /** The ARN that a call on this name or ARN is judged on. */
  arnOf(secretId: string): string;
  /** Creates a secret that a service manages (`rds!cluster-…`), and gives its ARN. */
  create(secret: {
    readonly name: string;
    readonly text: string;
    readonly description?: string;
    readonly kmsKeyId?: string;
    readonly owningService?: string;
    readonly tags?: Readonly<Record<string, string>>;
  }): string;
  put(secretId: string, text: string): void;
  remove(secretId: string): void;
}
