/**
 * Milliseconds to wait before retry `retry` (0 is the first), undefined where none is left. Functions, queues and streams are tried 100,015
 * times over 23 days;
 * web endpoints 3 times, 20 s apart.
 * https://docs.aws.amazon.com/sns/latest/dg/sns-message-delivery-retries.html
 */
export function retryDelayMs(protocol: string, retry: number): number | undefined {
  if (protocol.startsWith('http')) return retry < 3 ? 20_000 : undefined;
  if (retry < 3) return 0;
  if (retry < 5) return 1_000;
  if (retry < 15) return Math.min(20_000, 1_000 * 20 ** ((retry - 4) / 10));
  return retry < 100_015 ? 20_000 : undefined;
}
