import type { PolicyDocument, PolicyStatement } from '../iam/policies/policy-document.ts';
import type { FaultHooks } from './faults/fault-plan.ts';
import type { Peers } from './peers.ts';
import type { ServiceSettings } from './service-settings.ts';
import type { Clock } from './time/clock.ts';

/** One HTTP request as it came off the wire; header names are lower case. */
export interface WireRequest {
  readonly method: string;
  /** Path and query as sent, still encoded: `/2015-03-31/functions?MaxItems=1`. */
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
}

export interface WireResponse {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Buffer;
  /** One `set-cookie` header each, which `headers` cannot hold. */
  readonly cookies?: readonly string[];
}

/** What a service answers to the public, beside its API: the URL of an HTTP API. Such requests need no signature of AWS. */
export interface WebDoor {
  /** Whether the request, by host or path, is for this door. */
  owns(request: WireRequest): boolean;
  serve(request: WireRequest): Promise<WireResponse>;
  /** Where a URL that AWS would serve here answers on this machine; nothing for a URL that is not the door's. */
  reach(url: URL): string | undefined;
}

/** Who signed a call. `roleArn` is absent for the account's own administrator, who may do everything. */
export interface Caller {
  readonly accessKeyId: string;
  readonly arn: string;
  readonly roleArn?: string;
  /** Of a session that a function's environment took for itself: the environment's own keys. */
  readonly heldBy?: string;
  /** `X-Amzn-Trace-Id` of the chain of requests that the call is part of. */
  readonly traceHeader?: string;
  /** The session may do no more than this, whatever its role may. */
  readonly sessionPolicy?: readonly PolicyStatement[];
}

/** One permission that a call needs: it is refused unless the caller's role allows each of them. */
export interface RequiredPermission {
  /** IAM action: `dynamodb:PutItem`. */
  readonly action: string;
  /** ARN the action is judged on; `*` only where AWS knows no resource-level permission for the action. */
  readonly resource: string;
  /** Condition keys beyond the global ones: `{ 'dynamodb:LeadingKeys': ['a'] }`. */
  readonly context?: ConditionContext;
  /** The target's own policy (queue policy, bucket policy): within one account its Allow is as good as the role's. */
  readonly resourcePolicy?: PolicyDocument;
  /** KMS alone: without leave from the key's policy, an identity policy allows nothing. */
  readonly resourcePolicyMustAgree?: boolean;
}

/** Values of condition keys; a list only for keys that AWS documents as multivalued. */
export type ConditionContext = Readonly<Record<string, string | readonly string[]>>;

/** What a request asks for, known before it is carried out: the IAM check and the fault plan read it. */
export interface ApiCall {
  /** IAM service prefix: `dynamodb`, `logs`, `s3`. */
  readonly service: string;
  /** API operation: `PutItem`. */
  readonly operation: string;
  readonly permissions: readonly RequiredPermission[];
  /** Decoded input, where the protocol has one; S3 leaves it out. */
  readonly input?: unknown;
}

/** What every emulated service is given. State lives in the service instance, never in a module. */
export interface ServiceContext {
  readonly accountId: string;
  readonly region: string;
  readonly clock: Clock;
  /** `http://127.0.0.1:PORT`, known once the front listens. */
  readonly endpoint: () => string;
  /** The other services, by what they do for each other. Resolve late: call through `peers.lambda`, do not keep it. */
  readonly peers: Peers;
  /**
   * Shows that background work is under way; `Sandbox.idle()` resolves when all of it has ended, and a virtual clock waits for that
   * before it moves on. Never track a mere wait on the clock (a retry that is due in a minute): schedule it, and track what it does then.
   */
  readonly track: <T>(work: Promise<T>) => Promise<T>;
  /** Where an internal fault that no caller can be told about is reported. */
  readonly report: (error: unknown) => void;
  /** Injected faults that a service takes part in; absent in a unit test of one service. */
  readonly faults?: FaultHooks;
  /** What the sandbox was told of single services. */
  readonly settings?: ServiceSettings;
}

/** One emulated AWS service. A folder under `services/` each, all with this same start and stop. */
export interface AwsService {
  /** Name in the credential scope of a signed request: `monitoring` for CloudWatch, `logs`, `dynamodb`. */
  readonly signingName: string;
  /** Names what is asked, or throws an {@link ApiError} for an operation that the sandbox does not have. */
  describe(request: WireRequest): ApiCall;
  /** Carries the call out; throws {@link ApiError} for AWS's own errors. */
  handle(call: ApiCall, request: WireRequest, caller: Caller): Promise<WireResponse>;
  /** Turns an error of this service into its wire form; `request` is for a service that speaks more than one protocol. */
  renderError(error: ApiError, request?: WireRequest): WireResponse;
  /** CloudFormation resource types this service provides. */
  readonly resources: Readonly<Record<string, ResourceProvider>>;
  readonly door?: WebDoor;
  start?(): Promise<void>;
  stop?(): Promise<void>;
}

/** An error as AWS reports it: `code` is the shape name that SDKs raise, e.g. `ResourceNotFoundException`. */
export class ApiError extends Error {
  readonly code: string;
  readonly status: number;
  /** Further members of the error's body: `{ Item }`, `{ CancellationReasons }`. */
  readonly members: Readonly<Record<string, unknown>>;

  constructor(code: string, message: string, status = 400, members: Readonly<Record<string, unknown>> = {}) {
    super(message);
    this.name = code;
    this.code = code;
    this.status = status;
    this.members = members;
  }
}

/** A resource as created: what `Ref` and `Fn::GetAtt` give. */
export interface CreatedResource {
  readonly ref: string;
  readonly attributes?: Readonly<Record<string, string>>;
}

/** What a provider is told about the stack that asks. */
export interface ResourceRequest {
  readonly logicalId: string;
  readonly stackName: string;
  /** Properties with every intrinsic resolved. */
  readonly properties: Readonly<Record<string, unknown>>;
  /** Reads a packaged artifact (a function's zip) by the S3 key that the template names. */
  readonly artifact: (s3Key: string) => Promise<Buffer>;
}

/** Creates one CloudFormation resource type. An unknown property must be refused by name, never ignored. */
export interface ResourceProvider {
  create(request: ResourceRequest): Promise<CreatedResource>;
  /** Changes the resource in place. Where a provider has none, a changed resource is deleted and created again. */
  update?(created: CreatedResource, request: ResourceRequest): Promise<CreatedResource>;
  delete?(created: CreatedResource, request: ResourceRequest): Promise<void>;
}

/** What the factory of a service folder returns: its wire side, and what it does for its peers. */
export interface Emulated<Peer = undefined> {
  readonly service: AwsService;
  readonly peer: Peer;
}
