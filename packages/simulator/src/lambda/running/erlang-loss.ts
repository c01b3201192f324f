/** An offered load that so many servers carry but for less than this is carried. */
const NEARLY_NOTHING = 1e-9;

/** Share of an offered load (the mean number under way) that finds all of so many servers busy: Erlang's loss formula, by its recursion (1917). */
export function erlangLoss(servers: number, offered: number): number {
  if (!(offered > 0)) return 0;
  let loss = 1;
  for (let each = 1; each <= servers && loss > NEARLY_NOTHING; each++)
    loss = (offered * loss) / (each + offered * loss);
  return loss > NEARLY_NOTHING ? loss : 0;
}
