/**
 * An event id as CloudWatch Logs writes it: 56 decimal digits that sort by time. Read from real payloads, the timestamp stands above
 * bit 144; below it, this sandbox counts arrivals, so ids are unique and grow by (timestamp, arrival).
 */
export function eventId(timestamp: number, arrival: number): string {
  return ((BigInt(timestamp) << 144n) | BigInt(arrival)).toString().padStart(56, '0');
}
