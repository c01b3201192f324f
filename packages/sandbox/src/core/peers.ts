import type { ScriptedModel } from '../services/bedrock/scripted-model.ts';
import type { LogDelivery } from '../services/logs/delivery/log-delivery.ts';
import type { DataApiCluster } from '../services/rds/data-api-cluster.ts';
import type { SentMail } from '../services/ses/mail.ts';
import type { TopicMail } from '../services/sns/delivery/mailbox.ts';
import type { TraceSegment } from '../services/xray/segment.ts';

import type { Caller, ConditionContext, RequiredPermission, WireRequest } from './service.ts';

/**
 * What emulated services do for each other, inside the process and without the wire. Every call is judged as AWS would judge it:
 * a role must allow it, or the target's resource policy must name the calling service.
 */
export interface Peers {
  readonly iam: IamPeer;
  readonly lambda: LambdaPeer;
  readonly logs: LogsPeer;
  readonly metrics: MetricsPeer;
  readonly events: EventsPeer;
  readonly kinesis: KinesisPeer;
  /** Its streams, as event source mappings read them. */
  readonly dynamodb: StreamSourcePeer;
  readonly sqs: SqsPeer;
  readonly s3: S3Peer;
  readonly firehose: FirehosePeer;
  readonly ssm: SsmPeer;
  readonly kms: KmsPeer;
  readonly secretsManager: SecretsPeer;
  readonly rds: RdsPeer;
  readonly xray: XrayPeer;
  readonly ses: SesPeer;
  readonly bedrock: BedrockPeer;
  readonly states: StatesPeer;
  readonly sns: SnsPeer;
}

/** On whose behalf a service acts. */
export type Principal =
  | { readonly kind: 'role'; readonly roleArn: string }
  | { readonly kind: 'service'; readonly service: string; readonly sourceArn: string; readonly sourceAccount: string };

export interface IamPeer {
  /** Throws `AccessDeniedException` unless the role's packaged policies allow the action on the resource. */
  assertRoleAllows(roleArn: string, action: string, resource: string, context?: ConditionContext): void;
  /** Throws `InvalidParameterValueException` unless the role's trust policy lets the service (`lambda.amazonaws.com`) assume it. */
  assertServiceMayAssume(roleArn: string, service: string, context?: Readonly<Record<string, string>>): void;
  /** Keys of an execution environment that acts as the role; `revoke` when it ends. */
  issueCredentials(roleArn: string, sessionName: string): TemporaryCredentials;
  revoke(accessKeyId: string): void;
  /** Who signed a request that came by a door of a service's own; throws `SignatureError`. */
  authenticate(request: WireRequest): Caller;
  /** Why the caller may not do this, or nothing. */
  denial(caller: Caller, permission: RequiredPermission): string | undefined;
}

export interface TemporaryCredentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken: string;
}

export interface InvokeRequest {
  /** Function ARN or name, with or without `:qualifier`. */
  readonly functionName: string;
  readonly payload: Buffer;
  readonly principal: Principal;
}

export interface InvokeResult {
  readonly statusCode: number;
  readonly functionError?: 'Handled' | 'Unhandled';
  readonly payload: Buffer;
  readonly requestId: string;
}

export interface LambdaPeer {
  /** Synchronous invocation, as an event source mapping makes it. Throws `TooManyRequestsException`, `ResourceNotFoundException`, `AccessDeniedException`. */
  invoke(request: InvokeRequest): Promise<InvokeResult>;
  /** Queues an asynchronous invocation and resolves once it is accepted; retries, age and destinations are Lambda's own. */
  invokeAsync(request: InvokeRequest): Promise<void>;
  /** The dry run other services make on set-up: throws as `invokeAsync` would (`ResourceNotFoundException`, `AccessDeniedException`), invoking nothing. */
  assertInvokable(functionName: string, principal: Principal): void;
  /** Provisioned concurrency of an alias or version: what is asked for, and its highest utilisation (0 to 1) since the last look. */
  provisionedConcurrency(
    functionName: string,
    qualifier: string,
  ): { readonly requested: number; readonly utilisation: number | undefined };
  /** As PutProvisionedConcurrencyConfig; 0 ends it. */
  setProvisionedConcurrency(functionName: string, qualifier: string, count: number): void;
}

/** One event of a log stream. `id` is assigned on arrival where it is absent. */
export interface LogInput {
  readonly id?: string;
  readonly timestamp: number;
  readonly message: string;
}

export interface LogsPeer {
  /**
   * Writes as a service writes: creates group and stream when missing, and knows no limit of age (a replayed export may be years old).
   * `owner` is the account id in the subscription payload, for logs that came from another account.
   */
  write(logGroup: string, logStream: string, events: readonly LogInput[], owner?: string): Promise<void>;
  /** Creates a group as a service does (with its `CreateLogGroup` event); nothing happens where it exists. */
  ensureLogGroup(logGroup: string): void;
  /** Whether the group exists: a function whose role may not create it writes only where it does. */
  hasLogGroup(logGroup: string): boolean;
  /** How subscriptions deliver: reordered, duplicated, split; and `flush()`. */
  readonly delivery: LogDelivery;
}

export interface MetricsPeer {
  put(
    namespace: string,
    metricName: string,
    dimensions: Readonly<Record<string, string>>,
    value: number,
    unit: string,
    timestamp?: number,
  ): void;
}

/** An event as a rule's target receives it. */
export interface BusEvent {
  readonly version: '0';
  readonly id: string;
  readonly 'detail-type': string;
  readonly source: string;
  readonly account: string;
  readonly time: string;
  readonly region: string;
  readonly resources: readonly string[];
  readonly detail: unknown;
}

export interface EventsPeer {
  /** Puts an event of an AWS service on the default bus: `CreateLogGroup` by CloudTrail, an alarm's change of state. */
  emit(event: { source: string; detailType: string; detail: unknown; resources?: readonly string[] }): void;
  /** Puts an event of an AWS service on the bus with this ARN, as a destination of a function does. Throws where there is no such bus. */
  putOnBus(
    eventBusArn: string,
    event: { source: string; detailType: string; detail: unknown; resources?: readonly string[] },
  ): Promise<void>;
}

export interface KinesisRecord {
  readonly sequenceNumber: string;
  readonly partitionKey: string;
  readonly data: Buffer;
  /** Epoch milliseconds. */
  readonly arrivedAt: number;
}

export interface KinesisPeer {
  putRecord(
    streamArn: string,
    data: Buffer,
    partitionKey: string,
  ): Promise<{ shardId: string; sequenceNumber: string }>;
  shards(streamArn: string): Promise<readonly string[]>;
  /** Records of a shard after `sequenceNumber` (from the oldest where absent), at most `limit`. */
  read(
    streamArn: string,
    shardId: string,
    afterSequenceNumber: string | undefined,
    limit: number,
  ): Promise<readonly KinesisRecord[]>;
  /** Calls `listener` after each write to the stream; returns the end of listening. */
  onWrite(streamArn: string, listener: () => void): () => void;
}

/** What event source mappings read a stream by; the data of a DynamoDB record is its JSON. */
export type StreamSourcePeer = Pick<KinesisPeer, 'shards' | 'read' | 'onWrite'>;

export interface SqsPeer {
  send(queueArn: string, body: string, attributes?: Readonly<Record<string, string>>): Promise<void>;
  receive(queueArn: string, max: number): Promise<readonly SqsMessage[]>;
  delete(queueArn: string, receiptHandle: string): Promise<void>;
  /** Throws `AccessDenied` unless the queue's own policy lets the service send to it. */
  assertMaySend(queueArn: string, principal: Extract<Principal, { kind: 'service' }>): void;
  onSend(queueArn: string, listener: () => void): () => void;
}

export interface SqsMessage {
  readonly messageId: string;
  readonly receiptHandle: string;
  readonly body: string;
  /** System attributes: `ApproximateReceiveCount`, `SentTimestamp`, `MessageGroupId`. */
  readonly attributes: Readonly<Record<string, string>>;
  readonly md5OfBody?: string;
  readonly messageAttributes?: Readonly<Record<string, SqsMessageAttribute>>;
}

/** An attribute that the sender gave; binary values are base64. */
export interface SqsMessageAttribute {
  readonly DataType: string;
  readonly StringValue?: string;
  readonly BinaryValue?: string;
}

/** A service that reads objects as a bucket's policy lets it: CloudFront, for one distribution. */
export interface ObjectReader {
  readonly service: string;
  readonly sourceArn: string;
  readonly sourceAccount: string;
}

export type ReadOutcome =
  | { readonly kind: 'object'; readonly body: Buffer; readonly headers: Readonly<Record<string, string>> }
  | { readonly kind: 'denied' }
  | { readonly kind: 'missing' };

export interface S3Peer {
  /** Reads an object by the bucket's policy alone, for a service or (without a reader) for anybody. */
  readAs(reader: ObjectReader | undefined, bucket: string, key: string): ReadOutcome;
  put(bucket: string, key: string, body: Buffer, contentType?: string): Promise<void>;
  get(bucket: string, key: string): Promise<Buffer>;
  list(bucket: string, prefix?: string): Promise<readonly { key: string; size: number }[]>;
}

export interface FirehosePeer {
  /** Writes everything that is buffered to its bucket now, without waiting for the interval. */
  flush(): Promise<void>;
  put(deliveryStreamArn: string, data: Buffer): Promise<void>;
}

export interface SsmPeer {
  /** Value of a parameter as CloudFormation resolves it, SecureString decrypted; throws `ParameterNotFound`. */
  value(name: string): { readonly type: string; readonly value: string };
}

export interface KmsPeer {
  /** Encrypts under a key named by id, ARN or `alias/…`; the result names its key, as a KMS ciphertext blob does. */
  encrypt(keyId: string, plaintext: Buffer, encryptionContext?: Readonly<Record<string, string>>): Buffer;
  /** Throws `InvalidCiphertextException` where blob or encryption context are not those that were encrypted. */
  decrypt(ciphertext: Buffer, encryptionContext?: Readonly<Record<string, string>>): Buffer;
  /**
   * What a caller needs so that a service may use a key for him (`Decrypt` for a SecureString): to be added to the permissions of his call.
   * None for an AWS managed key, whose policy lets everybody in the account use it through its service.
   */
  permissions(
    action: string,
    keyId: string,
    encryptionContext?: Readonly<Record<string, string>>,
  ): readonly RequiredPermission[];
}

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

export interface RdsPeer {
  /** A cluster as the Data API sees it, by identifier or ARN; throws `DBClusterNotFoundFault`. */
  cluster(idOrArn: string): DataApiCluster;
}

/** A message that one service has published for another. */
export interface TopicMessage {
  readonly message: string;
  readonly subject?: string | undefined;
  /** Message attributes of the type String. */
  readonly attributes?: Readonly<Record<string, string>>;
}

export interface SnsPeer {
  /** Throws `NotFound`, and `AuthorizationError` or `AccessDeniedException` where the topic's policy or the role does not allow it. */
  publish(topicArn: string, message: TopicMessage, principal: Principal): Promise<void>;
  /** The dry run other services make on set-up: throws as `publish` would. */
  assertMayPublish(topicArn: string, principal: Principal): void;
  /** The mails that subscribers would have received, oldest first. */
  mails(): readonly TopicMail[];
}

export interface StatesPeer {
  /**
   * Starts a state machine and gives the execution's ARN; `name` makes it idempotent, as StartExecution is. Who asks has been judged before.
   * Throws `StateMachineDoesNotExist`, `ExecutionAlreadyExists`, `InvalidExecutionInput`.
   */
  startExecution(stateMachineArn: string, input: string, name?: string): Promise<string>;
}

export interface XrayPeer {
  /** Takes a segment that a service of AWS wrote. */
  put(segment: TraceSegment): void;
  /** `127.0.0.1:PORT`, where the daemon takes documents by UDP. */
  daemonAddress(): string;
}

export interface SesPeer {
  /** The mails that SES took, oldest first. */
  sent(): readonly SentMail[];
}

export interface BedrockPeer {
  /** Has every model answered by this script; `undefined` takes it away. */
  answerWith(script: ScriptedModel | undefined): void;
}
