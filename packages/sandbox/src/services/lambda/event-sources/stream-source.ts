import type { StreamSourcePeer } from '../../kinesis/kinesis-peer.ts';
import type { LambdaCore } from '../lambda-core.ts';
import type { Mapping } from './mapping.ts';

/** Whose streams a mapping of streams reads. */
export const streamKind = ({ source }: Mapping['settings']): 'kinesis' | 'dynamodb' =>
  source === 'dynamodb' ? source : 'kinesis';

/** The service that has the stream of a mapping. */
export const streamSource = ({ context }: LambdaCore, { settings }: Mapping): StreamSourcePeer =>
  context.peers[streamKind(settings)];
