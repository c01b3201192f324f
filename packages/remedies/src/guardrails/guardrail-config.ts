import * as z from 'zod';

const clockTime = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'a time of day is HH:MM');

/** IANA's name: a typo would make every question of the freeze fail. */
const timeZone = z.string().refine(isTimeZone, 'no time zone is called so; one is Europe/Berlin');

const MOST_VERDICT_MINUTES = 720;

/** What an automatic repair may do: one reviewed document. @see services/remediation/config/guardrails.json */
export const GuardrailConfig = z.strictObject({
  /** `dry-run` (a new install): says what it would do. `approve`: asks. `automatic`: does what no other rail forbids, and asks for the rest. */
  mode: z.enum(['dry-run', 'approve', 'automatic']).default('dry-run'),
  /** The tag of a resource, or of the function that a finding is about, that tells its stage. The Serverless Framework sets `STAGE`. */
  stageTag: z.string().min(1).default('STAGE'),
  /** The first entry that fits decides; none fits: refused. */
  allow: z
    .array(
      z.strictObject({
        playbooks: z.array(z.string()).min(1),
        /** By `stageTag`; what has no such tag is of no stage, and only `*` fits it. */
        stages: z.array(z.string()).min(1).default(['*']),
        /** Tags that the resource has to have. */
        tags: z.record(z.string(), z.string()).default({}),
        /** `automatic` is a person's yes beforehand: to any risk, but to what always asks or needs two only where `playbooks` has its very name. */
        mode: z.enum(['dry-run', 'approve', 'automatic']).optional(),
      }),
    )
    .default([]),
  /** Riskier ones ask a person even in mode `automatic`; those of high risk, which need two, ask at `high` too. */
  automaticUpToRisk: z.enum(['low', 'medium', 'high']).default('low'),
  budget: z
    .strictObject({ perHourUsd: z.number().nonnegative(), perMonthUsd: z.number().nonnegative() })
    .default({ perHourUsd: 1, perMonthUsd: 50 }),
  /** Resources that may be in change at once, and changes an hour. */
  blastRadius: z
    .strictObject({ resources: z.int().positive(), changesPerHour: z.int().positive() })
    .default({ resources: 3, changesPerHour: 6 }),
  coolDownMinutes: z.number().nonnegative().default(30),
  /**
   * A repair whose minutes give no verdict for so long, perhaps because nobody calls, is undone. Each look at them is nine of an execution's 25,000 events: more
   * than 720 minutes, 1,440 at most, are read as 720.
   */
  verdictMinutes: z
    .number()
    .min(3)
    .max(1_440)
    .transform((minutes) => Math.min(minutes, MOST_VERDICT_MINUTES))
    .default(60),
  /** After so many undone repairs in a day a person has to look. */
  rollbacksPerDay: z.int().positive().default(3),
  freezes: z
    .array(
      z.discriminatedUnion('kind', [
        z.strictObject({
          kind: z.literal('dates'),
          from: z.iso.datetime({ offset: true }),
          until: z.iso.datetime({ offset: true }),
          why: z.string(),
        }),
        z.strictObject({
          kind: z.literal('weekly'),
          /** Days on which it begins; 1 is Monday. */
          weekdays: z.array(z.int().min(1).max(7)).min(1),
          from: clockTime,
          until: clockTime,
          zone: timeZone,
          why: z.string(),
        }),
      ]),
    )
    .default([]),
  /** Names that begin so are never touched; Lamplighter itself is always among them. */
  neverTouch: z.array(z.string().min(1)).default([]),
});
export type GuardrailConfig = z.infer<typeof GuardrailConfig>;

function isTimeZone(name: string): boolean {
  try {
    return new Intl.DateTimeFormat('en-GB', { timeZone: name }).resolvedOptions().timeZone !== '';
  } catch {
    return false;
  }
}
