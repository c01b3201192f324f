/**
 * How long `Retry-After` asks to wait, in milliseconds: it names seconds or a date (https://www.rfc-editor.org/rfc/rfc9110#field.retry-after). Undefined where
 * it is absent, or neither, or asks for no wait.
 */
export function retryAfterMs(header: string | null, now: number): number | undefined {
  const text = header?.trim() ?? '';
  const seconds = Number(text);
  const ms = Number.isNaN(seconds) ? Date.parse(text) - now : seconds * 1000;
  return ms > 0 ? ms : undefined;
}
