import {
  type QueryInput,
  type QueryOperation,
  queryService,
  requiredText,
  textMember,
} from '../../core/protocols/query-protocol.ts';
import { ApiError, type Caller, type Emulated, type ServiceContext } from '../../core/service.ts';
import type { AccessControl } from '../../iam/access-control.ts';
import { type PolicyDocument, parsePolicyDocument } from '../../iam/policies/policy-document.ts';

const SHORTEST_SESSION_SECONDS = 900;
const LONGEST_POLICY = 2_048;

/** Security Token Service: who am I, and sessions of roles whose trust policy agrees. */
export function createSts(context: ServiceContext): Emulated {
  return {
    peer: undefined,
    service: queryService({
      signingName: 'sts',
      xmlns: 'https://sts.amazonaws.com/doc/2011-06-15/',
      operations: { GetCallerIdentity: getCallerIdentity(context), AssumeRole: assumeRole(context) },
    }),
  };
}

/** Needs no permission: AWS answers even where a policy denies it. */
const getCallerIdentity = (context: ServiceContext): QueryOperation => ({
  permissions: () => [],
  handle: (_, caller) => ({ Account: context.accountId, Arn: caller.arn, UserId: caller.accessKeyId }),
});

/** Within one account it is enough that the trust policy names the caller, or the account and the caller's own policy allows it. */
const assumeRole = (context: ServiceContext): QueryOperation => ({
  permissions: (input) => {
    const roleArn = requiredText(input, 'RoleArn');
    if (!iamOf(context).roles.has(roleArn)) return [];
    const role = iamOf(context).roles.byArn(roleArn);
    return [
      { action: 'sts:AssumeRole', resource: role.arn, resourcePolicy: role.trust, resourcePolicyMustAgree: true },
    ];
  },
  handle: (input, caller) => {
    const iam = iamOf(context);
    const roleArn = requiredText(input, 'RoleArn');
    checkTrustsCaller(iam, caller, roleArn);
    const role = iam.roles.byArn(roleArn);
    const sessionName = requiredText(input, 'RoleSessionName');
    if (!/^[\w+=,.@-]{2,64}$/.test(sessionName)) {
      throw new ApiError(
        'ValidationError',
        `RoleSessionName ${sessionName} must have 2 to 64 letters, digits and +=,.@-`,
      );
    }
    const expiresAt = context.clock.now() + sessionSeconds(input, role.maxSessionSeconds) * 1000;
    const sessionPolicy = sessionPolicyOf(input);
    const keys = iam.issueExpiringCredentials(roleArn, sessionName, {
      expiresAt,
      heldBy: caller.heldBy ?? caller.accessKeyId,
      ...(sessionPolicy && { sessionPolicy }),
    });
    return {
      Credentials: {
        AccessKeyId: keys.accessKeyId,
        SecretAccessKey: keys.secretAccessKey,
        SessionToken: keys.sessionToken,
        Expiration: new Date(expiresAt),
      },
      AssumedRoleUser: {
        AssumedRoleId: `${role.id}:${sessionName}`,
        Arn: `arn:aws:sts::${context.accountId}:assumed-role/${role.name}/${sessionName}`,
      },
    };
  },
});

/** A role that is not there is refused as one that does not trust. The administrator needs no policy of his own, but the role's trust. */
function checkTrustsCaller(iam: AccessControl, caller: Caller, roleArn: string): void {
  if (iam.roles.has(roleArn) && (caller.roleArn !== undefined || iam.trustsAccount(roleArn))) return;
  throw new ApiError(
    'AccessDenied',
    `User: ${caller.arn} is not authorized to perform: sts:AssumeRole on resource: ${roleArn}`,
    403,
  );
}

/** What narrows the session: an inline policy of at most 2,048 characters. Managed ones are refused by name. */
function sessionPolicyOf(input: QueryInput): PolicyDocument | undefined {
  if (Object.keys(input).some((key) => key.startsWith('PolicyArns'))) {
    throw new ApiError('NotImplemented', 'The sandbox does not emulate PolicyArns of AssumeRole.', 501);
  }
  const text = textMember(input, 'Policy');
  if (text === undefined) return undefined;
  if (text.length > LONGEST_POLICY)
    throw new ApiError('ValidationError', 'The session policy has more than 2048 characters.');
  try {
    return parsePolicyDocument(text);
  } catch (error) {
    throw new ApiError('MalformedPolicyDocument', (error as Error).message);
  }
}

function sessionSeconds(input: QueryInput, longest: number): number {
  const seconds = Number(textMember(input, 'DurationSeconds') ?? 3600);
  if (Number.isInteger(seconds) && seconds >= SHORTEST_SESSION_SECONDS && seconds <= longest) return seconds;
  throw new ApiError(
    'ValidationError',
    `The requested DurationSeconds must be between ${SHORTEST_SESSION_SECONDS} and the role's MaxSessionDuration of ${longest}.`,
  );
}

const iamOf = (context: ServiceContext): AccessControl => context.peers.iam as AccessControl;
