const ASSUMED = /^arn:(aws[a-z-]*):sts::(\d{12}):assumed-role\/([\w+=,.@-]+)\/[\w+=,.@-]+$/;
const STANDING = /^arn:aws[a-z-]*:iam::\d{12}:(?:user|role)\/[\w+=,.@/-]+$/;

/**
 * The IAM identity that a partner is known by: of an assumed role the role itself, whatever the session is called, because the session's name
 * is the caller's own choice. Undefined for anything else, the account's root among it.
 */
export function partnerArn(userArn: string): string | undefined {
  const [, partition, account, role] = ASSUMED.exec(userArn) ?? [];
  if (role !== undefined) return `arn:${partition}:iam::${account}:role/${role}`;
  return STANDING.test(userArn) ? userArn : undefined;
}
