const LONGEST_WAIT_MS = 60_000;

/** Asks until there is an answer: the console gives a first look at a service that has only just started up after 8 s, and shows what the others know. */
export async function untilTold<Told>(what: string, ask: () => Promise<Told | undefined>): Promise<Told> {
  const late = performance.now() + LONGEST_WAIT_MS;
  for (;;) {
    const told = await ask();
    if (told !== undefined) return told;
    if (performance.now() > late) throw new Error(`Not told within ${LONGEST_WAIT_MS / 1_000} s: ${what}.`);
  }
}
