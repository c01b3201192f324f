/** All things in the order of their keys, beginning behind the one where a round has stopped, and going on from the first. */
export function goOnBehind<Thing>(
  things: readonly Thing[],
  keyOf: (thing: Thing) => string,
  stoppedAt: string | undefined,
): readonly Thing[] {
  if (stoppedAt === undefined) return things;
  const behind = things.findIndex((thing) => keyOf(thing) > stoppedAt);
  return behind === -1 ? things : [...things.slice(behind), ...things.slice(0, behind)];
}
