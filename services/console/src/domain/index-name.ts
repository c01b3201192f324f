/** Indexes hold a day each, UTC: what is too old goes as a whole. */
const PREFIX = 'lamplighter-';
export const ALL_INDEXES = `${PREFIX}*`;
const DAY_MS = 86_400_000;

/** `lamplighter-2026-01-15` */
export const indexNameOf = (at: number): string => `${PREFIX}${new Date(at).toISOString().slice(0, 10)}`;

/** Those whose day is `days` or more before today. Others' indexes are none of ours. */
export function expiredIndexes(names: readonly string[], days: number, now: number): string[] {
  return names.filter((name) => {
    const day = Date.parse(name.slice(PREFIX.length));
    return name === indexNameOf(Number.isNaN(day) ? 0 : day) && day <= now - days * DAY_MS;
  });
}
