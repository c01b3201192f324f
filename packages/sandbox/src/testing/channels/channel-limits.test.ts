import { expect, test } from '@jest/globals';
import { ChannelLimits } from './channel-limits.ts';
import { TokenBuckets } from './token-buckets.ts';

test('a bucket lets a burst through, then one after the other, and says when', () => {
  let now = 0;
  const buckets = new TokenBuckets(() => now);
  const take = () => buckets.take('a', { perSecond: 2, burst: 3 });

  const burst = [take(), take(), take(), take()];
  now = 250;
  const early = take();
  now = 500;
  const [next, more] = [take(), take()];

  expect(burst).toEqual([undefined, undefined, undefined, 500]);
  expect([early, next, more]).toEqual([250, undefined, 500]);
  expect(buckets.take('b', { perSecond: 2, burst: 3 })).toBeUndefined();
});

test('a bucket holds no more than its burst, however long the pause', () => {
  let now = 0;
  const buckets = new TokenBuckets(() => now);
  const take = () => buckets.take('a', { perSecond: 1, burst: 1 });
  take();
  now = 3_600_000;

  expect([take(), take()]).toEqual([undefined, 1_000]);
});

test('Slack counts posts by conversation and says when; PagerDuty counts by key, SES by account, and they do not say', () => {
  const limits = new ChannelLimits(() => 0);
  const firstRefusal = (call: () => object | undefined) => {
    for (let calls = 1; ; calls++) {
      const refusal = call();
      if (refusal !== undefined) return { calls, refusal };
    }
  };

  expect(firstRefusal(() => limits.slack('chat.postMessage', 'C1'))).toEqual({
    calls: 6,
    refusal: { retryAfterSeconds: 1 },
  });
  expect(limits.slack('chat.postMessage', 'C2')).toBeUndefined();
  expect(firstRefusal(() => limits.slack('chat.update', 'C1'))).toEqual({
    calls: 21,
    refusal: { retryAfterSeconds: 2 },
  });
  expect(firstRefusal(() => limits.pagerDuty('key'))).toEqual({ calls: 121, refusal: {} });
  expect(firstRefusal(() => limits.ses())).toEqual({ calls: 2, refusal: {} });
});
