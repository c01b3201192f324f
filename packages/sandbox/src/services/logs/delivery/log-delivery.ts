/**
 * The order and the cut in which subscriptions deliver. CloudWatch Logs promises neither an order, nor batches, nor a single delivery
 * (https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/Subscriptions.html); this makes such histories on purpose, and by seed.
 */
export interface DeliveryShape {
  /**
   * How long events are collected before payloads are cut, in milliseconds of the sandbox's clock. At 0 they are cut at the next turn
   * of the event loop, and `Sandbox.idle()` waits for them; what waits for the clock it cannot wait for.
   */
  readonly flushIntervalMs: number;
  readonly maxEventsPerPayload: number;
  /** Cuts each batch at random places into payloads of 1 to `maxEventsPerPayload` events. */
  readonly randomSplits: boolean;
  /** Delivers the payloads of a flush one after another in a random order, over all streams of a filter. */
  readonly shuffle: boolean;
  /** Probability from 0 to 1 that a payload is delivered a second time. */
  readonly duplicateProbability: number;
  readonly seed: number;
}

export const DEFAULT_DELIVERY_SHAPE: DeliveryShape = {
  flushIntervalMs: 0,
  maxEventsPerPayload: Number.POSITIVE_INFINITY,
  randomSplits: false,
  shuffle: false,
  duplicateProbability: 0,
  seed: 1,
};

/** What tests and replay may do to the delivery of subscriptions. */
export interface LogDelivery {
  readonly shape: DeliveryShape;
  /** Changes the given figures; a new `seed` starts the random numbers anew. */
  reshape(change: Partial<DeliveryShape>): void;
  /** Cuts and sends what has been collected, without waiting for the interval; resolves when every payload was accepted or given up. */
  flush(): Promise<void>;
}
