import type { BedrockPeer } from '../services/bedrock/bedrock-peer.ts';
import type { MetricsPeer } from '../services/cloudwatch/metrics-peer.ts';
import type { EventsPeer } from '../services/events/events-peer.ts';
import type { FirehosePeer } from '../services/firehose/firehose-peer.ts';
import type { IamPeer } from '../services/iam/iam-peer.ts';
import type { KinesisPeer, StreamSourcePeer } from '../services/kinesis/kinesis-peer.ts';
import type { KmsPeer } from '../services/kms/kms-peer.ts';
import type { LambdaPeer } from '../services/lambda/lambda-peer.ts';
import type { LogsPeer } from '../services/logs/logs-peer.ts';
import type { RdsPeer } from '../services/rds/rds-peer.ts';
import type { S3Peer } from '../services/s3/s3-peer.ts';
import type { SecretsPeer } from '../services/secretsmanager/secrets-peer.ts';
import type { SesPeer } from '../services/ses/ses-peer.ts';
import type { SnsPeer } from '../services/sns/sns-peer.ts';
import type { SqsPeer } from '../services/sqs/sqs-peer.ts';
import type { SsmPeer } from '../services/ssm/ssm-peer.ts';
import type { StatesPeer } from '../services/states/states-peer.ts';
import type { XrayPeer } from '../services/xray/xray-peer.ts';

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
