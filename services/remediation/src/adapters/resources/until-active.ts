import { LamplighterError } from '@lamplighter/lambda-kit';

const POLL_MS = 2_000;
/** The function has a minute; what takes longer is waited for by the next try of its step. */
const MOST_WAIT_MS = 40_000;

export type Wait = (ms: number) => Promise<void>;

const sleep: Wait = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

/**
 * What is described once AWS is done with an earlier change of it: until then it refuses the next one (ResourceInUseException).
 * @throws LamplighterError `RESOURCE_CHANGING`
 */
export async function untilActive<T>(
  what: string,
  describe: () => Promise<{ readonly status: string | undefined; readonly value: T }>,
  wait: Wait = sleep,
): Promise<T> {
  for (let waitedMs = 0; ; waitedMs += POLL_MS) {
    const { status, value } = await describe();
    if (status === 'ACTIVE') return value;
    if (waitedMs >= MOST_WAIT_MS)
      throw new LamplighterError('RESOURCE_CHANGING', `${what} is ${status}; the step comes again.`);
    await wait(POLL_MS);
  }
}
