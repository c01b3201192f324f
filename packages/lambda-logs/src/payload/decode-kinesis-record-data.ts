import { Buffer } from 'node:buffer';
import { rejected } from '../reject-reason.ts';
import { type DecodedPayload, type DecodeLimits, decodeSubscriptionPayload } from './decode-subscription-payload.ts';
import { decodeBase64 } from './payload-bytes.ts';

/** First bytes of a record that the Kinesis Producer Library aggregated (awslabs/kinesis-aggregation, "Format"). */
const KPL_MAGIC = Buffer.from([0xf3, 0x89, 0x9a, 0xc2]);

/**
 * A Kinesis record's `data` (base64 text in a Lambda event, or its bytes). CloudWatch Logs puts one gzip payload in a record and never
 * aggregates, so a record with the Kinesis Producer Library's magic is another producer's and is rejected as `kpl-aggregated`.
 */
export function decodeKinesisRecordData(data: string | Uint8Array, limits: DecodeLimits = {}): DecodedPayload {
  if (typeof data !== 'string') return decodeBytes(data, limits);
  const decoded = decodeBase64(data);
  return decoded.kind === 'rejected' ? decoded : decodeBytes(decoded.bytes, limits);
}

function decodeBytes(bytes: Uint8Array, limits: DecodeLimits): DecodedPayload {
  const isAggregated = KPL_MAGIC.every((byte, index) => bytes[index] === byte);
  if (isAggregated) return rejected('kpl-aggregated', 'aggregated by the Kinesis Producer Library');
  return decodeSubscriptionPayload(bytes, limits);
}
