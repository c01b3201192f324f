const OPEN_TELEMETRY = /^[0-9a-f]{32}$/i;
const X_RAY = /^1-([0-9a-f]{8})-([0-9a-f]{24})$/i;
const NOBODY = '0'.repeat(32);

/**
 * A trace's id as 32 lower-case hex digits, whether X-Ray wrote it (`1-<8>-<24>`) or OpenTelemetry; undefined for anything else.
 * https://docs.aws.amazon.com/xray/latest/devguide/xray-api-sendingdata.html, "Trace IDs"
 */
export function traceIdOf(text: string): string | undefined {
  const xRay = X_RAY.exec(text);
  const id = (xRay ? `${xRay[1]}${xRay[2]}` : text).toLowerCase();
  return OPEN_TELEMETRY.test(id) && id !== NOBODY ? id : undefined;
}
