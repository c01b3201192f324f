/**
 * Replaces this worker's `Date` so that it reads the sandbox's clock: the machine's time plus an offset that the host updates
 * on each invocation. Time runs at real speed in between; timers are left alone.
 */
export function shiftDate(offset: SharedArrayBuffer): void {
  const RealDate = Date;
  const realNow = RealDate.now;
  const shared = new Float64Array(offset);
  const now = (): number => Math.floor(realNow() + (shared[0] ?? 0));

  function ShiftedDate(this: unknown, ...parts: unknown[]): unknown {
    if (!new.target) return new RealDate(now()).toString();
    const target = (new.target as unknown) === ShiftedDate ? RealDate : new.target;
    return Reflect.construct(RealDate, parts.length === 0 ? [now()] : parts, target);
  }
  const properties = { prototype: RealDate.prototype, now, parse: RealDate.parse, UTC: RealDate.UTC };
  for (const [name, value] of Object.entries(properties)) Object.defineProperty(ShiftedDate, name, { value });
  Object.defineProperty(ShiftedDate, 'name', { value: 'Date' });
  Object.defineProperty(RealDate.prototype, 'constructor', { value: ShiftedDate, writable: true, configurable: true });
  Object.defineProperty(globalThis, 'Date', { value: ShiftedDate, writable: true, configurable: true });
}
