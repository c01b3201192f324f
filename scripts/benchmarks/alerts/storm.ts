/** One event of the storm: trouble of a subject, or its end. */
export interface StormEvent {
  readonly subjectId: string;
  readonly groupKey: string;
  readonly severity: 'critical' | 'warning' | 'info';
  readonly change: 'open' | 'resolve';
}

/** Subjects that have one cause, as often in a real storm: most alone, some in floods. */
const GROUP_SIZES = [1, 1, 1, 2, 3, 5, 7, 60];
/** Of a hundred groups: these many are warnings, info, and recover by themselves. */
const WARNING_PCT = 45;
const INFO_PCT = 5;
const RECOVERING_PCT = 60;

/** So many subjects in trouble, in groups; and the ends of those that recover. The same for the same number. */
export function stormOf(subjects: number): {
  readonly openings: readonly StormEvent[];
  readonly ends: readonly StormEvent[];
} {
  const openings: StormEvent[] = [];
  const ends: StormEvent[] = [];
  for (let group = 0; openings.length < subjects; group++) {
    const size = Math.min(GROUP_SIZES[group % GROUP_SIZES.length]!, subjects - openings.length);
    const dice = (group * 37) % 100;
    const severity = dice < INFO_PCT ? 'info' : dice < INFO_PCT + WARNING_PCT ? 'warning' : 'critical';
    const isRecovering = (group * 61) % 100 < RECOVERING_PCT;
    for (let member = 0; member < size; member++) {
      const common = { subjectId: `s-${group}-${member}`, groupKey: `g-${group}`, severity } as const;
      openings.push({ ...common, change: 'open' });
      if (isRecovering) ends.push({ ...common, change: 'resolve' });
    }
  }
  return { openings, ends };
}
