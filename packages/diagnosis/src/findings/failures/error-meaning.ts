import type { RankedCause } from '@lamplighter/contracts';

/** What an error's own words say about why it happened. The sentences stand alone. */
export interface ErrorMeaning {
  readonly kind: RankedCause['kind'];
  readonly name: string;
  readonly meaning: string;
  readonly wayOut: string;
}

interface Reading {
  readonly pattern: RegExp;
  readonly kind: RankedCause['kind'];
  readonly name: (text: string, functionName: string) => string;
  readonly meaning: string;
  readonly wayOut: string;
}

/** `api.partner.example` of an address, or of a name that was not found; undefined where numbers in it are masked, or its end is cut off. */
const hostIn = (text: string): string | undefined =>
  /(?:https?:\/\/|(?:ENOTFOUND|EAI_AGAIN|resolve host:?) )([\w-]+(?:\.[\w-]+)+)(?![\w.-]*[<…])/.exec(text)?.[1];

/** `dynamodb:PutItem` of what IAM refuses. */
const actionIn = (text: string): string | undefined => /perform: ([\w-]{1,40}:\w{1,60})(?![\w…])/.exec(text)?.[1];

/**
 * The words of AWS' services, of databases, of runtimes and of HTTP clients for what has a cause of its own, the surest first: whole sentences, since a function that is asked with a wrong
 * key, or answers 500 by itself, names its own errors by the same words. What refuses calls that are too many, or has no connection left, is
 * connection-pressure.ts'. Texts are fingerprints: of an HTTP error its status is kept (packages/lambda-logs, fingerprint.ts).
 */
const READINGS: readonly Reading[] = [
  {
    pattern:
      /security token included in the request is (expired|invalid)|The provided token has expired|UnrecognizedClientException|InvalidClientTokenId|request signature we calculated does not match|password authentication failed for user|Access denied for user .{1,40}@|\bRequest failed with status code 401\b|Client Error: Unauthorized for url/i,
    kind: 'dependency',
    name: () => 'credentials',
    meaning: 'What it calls refuses the key, token or password that it shows: expired, revoked or rotated.',
    wayOut:
      'Renew the secret, and look for other functions that use it; environments that keep the old one need a start.',
  },
  {
    pattern:
      /not authorized to perform: ?[\w-]+:\w|An error occurred \((AccessDenied|UnauthorizedOperation)|^AccessDenied: Access Denied|^UnauthorizedOperation: You are not authorized|\(Service: [\w .]{1,40}[,;] Status Code: 403|Access to the resource https:\S+ is denied|KMS access was denied/,
    kind: 'configuration-change',
    name: (text) => `permission${actionIn(text) === undefined ? '' : ` for ${actionIn(text)}`}`,
    meaning: 'A permission is missing that its role, or the policy of what it calls, has to give.',
    wayOut: 'Compare the policies of its role, and of the resource or key, with those of the last deploy that worked.',
  },
  {
    pattern:
      /certificate (has )?expired|CERT_HAS_EXPIRED|certificate is not yet valid|CERTIFICATE_VERIFY_FAILED|certificate verify failed|UNABLE_TO_VERIFY_LEAF_SIGNATURE|self[- ]signed certificate|ERR_TLS_CERT/i,
    kind: 'dependency',
    name: (text) => hostIn(text) ?? 'certificate',
    meaning: 'The certificate of what it calls has expired, or is not trusted.',
    wayOut: 'Whoever runs that service has to renew its certificate.',
  },
  {
    pattern:
      /\bENOTFOUND\b|EAI_AGAIN|getaddrinfo|Name or service not known|[Cc]ould not resolve host|UnknownHostException|no such host/,
    kind: 'dependency',
    name: (text) => hostIn(text) ?? 'name resolution',
    meaning:
      'The name of what it calls is not resolved: it is gone or misspelt, or no DNS answers in the network of the function.',
    wayOut: 'Look the name up from there; of a function in a VPC, look at the DNS settings and the way out of it.',
  },
  {
    pattern: /ENOSPC|no space left on device/i,
    kind: 'quota',
    name: (_text, functionName) => `/tmp of ${functionName}`,
    meaning: 'The disk of its environments is full: what a call leaves in /tmp stays there for the next ones.',
    wayOut:
      'New environments begin with an empty one; delete files before a call ends, or raise the ephemeral storage.',
  },
  {
    pattern:
      /\benv(ironment)?[ _]var(iable)?s?\b.{0,60}(missing|not set|not defined|not found|required|undefined)|(missing|undefined|required|unset)( required)? env(ironment)?[ _]var/i,
    kind: 'configuration-change',
    name: () => 'environment variables',
    meaning: 'A variable that the code reads is not set.',
    wayOut: 'Compare the variables of the function with those of the last deploy that worked.',
  },
  {
    pattern:
      /ResourceNotFoundException: (Requested resource not found|Cannot do operations on a non-existent table|Secrets Manager can't find|Function not found: arn:|Stream .{1,80} under account)|An error occurred \(ResourceNotFound|NoSuchBucket|NonExistentQueue|QueueDoesNotExist|(relation|column) .{1,60} does not exist|Table .{1,60} doesn't exist|Unknown (column|database)/i,
    kind: 'dependency',
    name: () => 'missing resource',
    meaning:
      'What it asks for is not there: a table, a column, a queue or a bucket that was renamed, removed or not yet made.',
    wayOut: 'Look for the migration, or the stack, that changed last.',
  },
  {
    pattern: /lock wait timeout exceeded|deadlock (detected|found when)|could not serialize access/i,
    kind: 'dependency',
    name: () => 'locks',
    meaning: 'Transactions wait for the locks of others.',
    wayOut: 'Look for the transaction that holds them: a long report, a migration, or one that was never committed.',
  },
  {
    pattern:
      /\bRequest failed with status code 5\d\d\b|Server Error: .{1,40} for url|An error occurred \((ServiceUnavailable|InternalServerError|InternalFailure|InternalError)|\(Service: [\w .]{1,40}[,;] Status Code: 5\d\d|<n> UNAVAILABLE:|StatusCode\.UNAVAILABLE|code = Unavailable\b|upstream connect error/,
    kind: 'dependency',
    name: (text) => hostIn(text) ?? 'called service',
    meaning: 'A service that it calls fails by itself.',
    wayOut: 'Whoever runs it has to mend it; until then fewer retries spare it.',
  },
];

/** What a fingerprint's text tells of a cause; undefined where its words are those of the code alone. */
export function meaningOf(text: string, functionName: string): ErrorMeaning | undefined {
  const found = READINGS.find(({ pattern }) => pattern.test(text));
  if (found === undefined) return undefined;
  const { kind, name, meaning, wayOut } = found;
  return { kind, name: name(text, functionName), meaning, wayOut };
}
