/**
 * The `date` header of an answer, by the clock that the request was signed by: the sandbox's, as its functions see it, or the machine's, as everybody
 * else does. SDKs take the difference to their own clock for its error and correct the next signature by it: a date of the other clock would put
 * that signature off by all that the sandbox's clock moved since.
 */
export function dateOfAnswer(signedAt: string | undefined, sandboxMs: number, machineMs: number): string {
  const signed = timeOf(signedAt);
  const isBySandbox = signed !== undefined && Math.abs(signed - sandboxMs) < Math.abs(signed - machineMs);
  return new Date(isBySandbox ? sandboxMs : machineMs).toUTCString();
}

/** Of `20260115T214115Z`, as Signature Version 4 writes it. */
function timeOf(text: string | undefined): number | undefined {
  const parts = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/.exec(text ?? '');
  if (parts === null) return undefined;
  const [year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0] = parts.slice(1).map(Number);
  return Date.UTC(year, month - 1, day, hour, minute, second);
}
