/** As the sandbox's front writes it. */
const SANDBOX_TIME = 'x-sandbox-time';
const ANSWERS_WITHIN_MS = 5_000;

/**
 * Where the clock of the sandbox at an endpoint stands, epoch milliseconds: a story may be played ahead of the machine's clock. Undefined where what
 * answers there is no sandbox; rejects with the network's error where nothing answers.
 */
export async function sandboxClock(endpoint: string): Promise<number | undefined> {
  const answer = await fetch(endpoint, { method: 'HEAD', signal: AbortSignal.timeout(ANSWERS_WITHIN_MS) }).catch(
    (error: Error) => {
      throw error.cause ?? error;
    },
  );
  const time = Number(answer.headers.get(SANDBOX_TIME) ?? Number.NaN);
  return Number.isFinite(time) ? time : undefined;
}
