/** Limits of Lambda, https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html (read 2026-07). */
export const MAX_SYNC_PAYLOAD_BYTES = 6_291_456;
/** What real refusals name: 100 bytes over the request's limit. */
export const MAX_RESPONSE_BYTES = 6_291_556;
export const MAX_ASYNC_PAYLOAD_BYTES = 1_048_576;
export const ACCOUNT_CONCURRENCY = 1_000;
/** Of the account's concurrency, what functions may not reserve. */
export const MIN_UNRESERVED_CONCURRENCY = 100;
/** New environments per function: 1,000 every 10 s, refilled continuously. */
export const SCALING_BURST = 1_000;
export const SCALING_PER_SECOND = 100;
export const INIT_TIMEOUT_MS = 10_000;
export const MAX_ENVIRONMENT_VARIABLES_BYTES = 4_096;
