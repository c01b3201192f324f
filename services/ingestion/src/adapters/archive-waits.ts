/**
 * How long the archive's clients wait. Without `throwOnRequestTimeout` the SDK only warns at its `requestTimeout` and waits on, here until the function's own
 * time is over (@smithy/node-http-handler, set-request-timeout).
 */
const waitingFor = (requestTimeout: number) => ({
  maxAttempts: 2,
  requestHandler: { connectionTimeout: 1_000, requestTimeout, throwOnRequestTimeout: true },
});

/** Firehose is not waited for longer: the archive has another way, and the audit comes behind it. */
export const FIREHOSE_WAIT = waitingFor(5_000);

/** That other way: an object may hold what Firehose did not take of a whole delivery. The audit comes behind it too. */
export const OVERFLOW_WAIT = waitingFor(15_000);
