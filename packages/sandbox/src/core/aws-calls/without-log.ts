/**
 * Configuration of an SDK client whose log nobody reads: its logger lacks `info` and `error`, for which a client would otherwise copy whatever it sends
 * and receives, to leave out what is sensitive. That is a tenth of the time of a test that reads tables.
 */
export const WITHOUT_LOG: object = { logger: { warn: () => undefined } };
