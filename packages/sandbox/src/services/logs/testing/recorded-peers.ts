import { gunzipSync } from 'node:zlib';
import type { Peers } from '../../../core/peers.ts';
import { ApiError } from '../../../core/service.ts';
import type { InvokeRequest } from '../../lambda/lambda-peer.ts';

/** A payload as a destination received it. */
export interface ReceivedPayload {
  readonly messageType: string;
  readonly owner: string;
  readonly logGroup: string;
  readonly logStream: string;
  readonly subscriptionFilters: readonly string[];
  readonly logEvents: readonly { readonly id: string; readonly timestamp: number; readonly message: string }[];
  readonly policyLevel?: string;
}

/** Peers that note what CloudWatch Logs does to them, and fail where a test tells them to. For the tests of this folder. */
export class RecordedPeers {
  readonly received: ReceivedPayload[] = [];
  readonly invokedBy: string[] = [];
  readonly partitionKeys: string[] = [];
  readonly metrics: {
    namespace: string;
    name: string;
    dimensions: unknown;
    value: number;
    timestamp: number | undefined;
  }[] = [];
  readonly emitted: { source: string; detailType: string; detail: unknown }[] = [];
  /** Errors of the next deliveries, first to last. */
  readonly failures: ApiError[] = [];
  permittedPrincipal = 'logs.amazonaws.com';
  trustedService = 'logs.amazonaws.com';
  deniedActions: readonly string[] = [];

  /** Sum of a metric over all its dimensions. */
  sum(name: string): number {
    return this.metrics.filter((metric) => metric.name === name).reduce((total, { value }) => total + value, 0);
  }

  messages(): readonly string[] {
    return this.received.flatMap(({ logEvents }) => logEvents.map(({ message }) => message));
  }

  readonly peers = {
    lambda: {
      assertInvokable: (_name: string, principal: InvokeRequest['principal']) => this.#judge(principal),
      invokeAsync: async ({ payload, principal }: InvokeRequest) => {
        this.#judge(principal);
        this.#failOnce();
        const { awslogs } = JSON.parse(payload.toString()) as { awslogs: { data: string } };
        this.#receive(Buffer.from(awslogs.data, 'base64'));
      },
    },
    kinesis: {
      putRecord: async (_arn: string, data: Buffer, partitionKey: string) => {
        this.#failOnce();
        this.partitionKeys.push(partitionKey);
        this.#receive(data);
        return { shardId: 'shardId-000000000000', sequenceNumber: '1' };
      },
    },
    firehose: {
      put: async (_arn: string, data: Buffer) => {
        this.#failOnce();
        this.#receive(data);
      },
    },
    iam: {
      assertServiceMayAssume: (roleArn: string, service: string) => {
        if (service !== this.trustedService)
          throw new ApiError('InvalidParameterValueException', `${roleArn} trusts others`);
      },
      assertRoleAllows: (_roleArn: string, action: string) => {
        if (this.deniedActions.includes(action)) throw new ApiError('AccessDeniedException', `not allowed: ${action}`);
      },
    },
    metrics: {
      put: (namespace: string, name: string, dimensions: unknown, value: number, _unit: string, timestamp?: number) => {
        this.metrics.push({ namespace, name, dimensions, value, timestamp });
      },
    },
    events: { emit: (event: { source: string; detailType: string; detail: unknown }) => this.emitted.push(event) },
  } as unknown as Partial<Peers>;

  #judge(principal: InvokeRequest['principal']): void {
    const service = principal.kind === 'service' ? principal.service : '';
    if (service !== this.permittedPrincipal) throw new ApiError('AccessDeniedException', `not allowed: ${service}`);
    if (principal.kind === 'service') this.invokedBy.push(principal.sourceArn);
  }

  #failOnce(): void {
    const failure = this.failures.shift();
    if (failure) throw failure;
  }

  #receive(data: Buffer): void {
    this.received.push(JSON.parse(gunzipSync(data).toString()) as ReceivedPayload);
  }
}
