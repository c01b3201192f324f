import { AssumeRoleCommand, type STSClient } from '@aws-sdk/client-sts';

/** STS gives no shorter session. */
const SESSION_SECONDS = 900;
/** Names of sessions: 2 to 64 of these characters. */
const sessionName = (name: string): string => name.replace(/[^\w+=,.@-]/g, '-').slice(-64);

/** Credentials of a role that may do no more than a policy says; CloudTrail shows the session's name. */
export async function narrowedSession(
  client: STSClient,
  { roleArn, name, Policy }: { readonly roleArn: string; readonly name: string; readonly Policy: string },
) {
  const { Credentials } = await client.send(
    new AssumeRoleCommand({
      RoleArn: roleArn,
      RoleSessionName: sessionName(name),
      DurationSeconds: SESSION_SECONDS,
      Policy,
    }),
  );
  return {
    accessKeyId: Credentials!.AccessKeyId!,
    secretAccessKey: Credentials!.SecretAccessKey!,
    sessionToken: Credentials!.SessionToken!,
  };
}
