import type { Severity } from '@lamplighter/contracts';
import * as z from 'zod';
import { danglingNames, type PolicyProblem } from './dangling-names.ts';
import { foreignSecrets } from './foreign-secrets.ts';
import { namedConversations } from './named-conversations.ts';
import { Silence } from './silence.ts';
import { silentPlaces } from './silent-places.ts';
import { slackMembers } from './slack-members.ts';
import { SourceRule } from './source-rule.ts';
import { urlsWithPasswords } from './urls-with-passwords.ts';
import { zone } from './zone.ts';

const name = z.string().regex(/^[a-z0-9][a-z0-9-]{0,62}$/, 'a name is of a-z, 0-9 and -');
const clockTime = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'a time of day is HH:MM');
/** The name of an SSM parameter (SecureString) that holds a secret; secrets do not stand in a policy. */
const secret = z
  .string()
  .startsWith(
    '/',
    'the path of an SSM parameter that holds the secret: it begins with /, and the secret stands only there',
  );

const Person = z.strictObject({
  zone,
  email: z.email().optional(),
  /** Slack's member ID: `U0123ABCD`. */
  slackUser: z.string().optional(),
});

const webhookUrl = z.url({ protocol: /^https?$/, error: 'a URL begins with https:// or http://' });

const Channel = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('slack'), conversation: z.string().min(1), tokenParameter: secret }),
  z.strictObject({ type: z.literal('slack-direct'), tokenParameter: secret }),
  z.strictObject({ type: z.literal('email'), from: z.email() }),
  z.strictObject({ type: z.literal('webhook'), url: webhookUrl, secretParameter: secret }),
  z.strictObject({ type: z.literal('pagerduty'), routingKeyParameter: secret }),
  /** The address of a workflow is a secret: it holds its own signature. */
  z.strictObject({ type: z.literal('teams'), urlParameter: secret }),
]);
export type Channel = z.infer<typeof Channel>;

const Rota = z.strictObject({
  zone,
  people: z.array(name).min(1),
  /** The local day on which the first person's first turn begins. */
  since: z.iso.date(),
  handOver: z.discriminatedUnion('every', [
    z.strictObject({ every: z.literal('day'), at: clockTime }),
    /** 1 is Monday, 7 Sunday. */
    z.strictObject({ every: z.literal('week'), weekday: z.int().min(1).max(7), at: clockTime }),
  ]),
  /** Somebody stands in: local times, from inclusive, until exclusive. The later entry wins. */
  overrides: z
    .array(
      z.strictObject({ person: name, from: z.iso.datetime({ local: true }), until: z.iso.datetime({ local: true }) }),
    )
    .default([]),
});
export type Rota = z.infer<typeof Rota>;

const QuietHours = z.strictObject({
  zone,
  from: clockTime,
  until: clockTime,
  /** Days on which quiet hours begin; 1 is Monday. */
  weekdays: z.array(z.int().min(1).max(7)).min(1).default([1, 2, 3, 4, 5, 6, 7]),
  /** Alerts below this severity wait until the quiet hours end. */
  below: z.enum(['warning', 'critical']).default('critical'),
});
export type QuietHours = z.infer<typeof QuietHours>;

const Step = z.strictObject({
  /** Minutes after the step before; after the opening, for the first: trouble that is over by then is told to nobody. */
  afterMinutes: z.number().min(0).max(10_080).optional(),
  /** `rota:NAME`, `person:NAME` or `everybody`: who is meant. */
  to: z
    .array(z.string().regex(/^(everybody|rota:[a-z0-9-]+|person:[a-z0-9-]+)$/, 'rota:NAME, person:NAME or everybody'))
    .min(1),
  /** Names of channels. */
  through: z.array(name).min(1),
});

/** Who has not answered after that many minutes is not the only one to be told; the first is told at once. */
const NEXT_AFTER_MINUTES = 5;
const Steps = z
  .array(Step)
  .min(1)
  .transform((steps) =>
    steps.map(({ afterMinutes, ...step }, at) => ({
      ...step,
      afterMinutes: afterMinutes ?? (at === 0 ? 0 : NEXT_AFTER_MINUTES),
    })),
  );
export type Step = z.output<typeof Steps>[number];

const PolicyShape = z.strictObject({
  people: z.record(name, Person),
  channels: z.record(name, Channel),
  rotas: z.record(name, Rota).default({}),
  quietHours: QuietHours.optional(),
  escalation: z.strictObject({
    critical: Steps,
    warning: Steps,
    info: Steps,
  }),
  /** How bad events are that come from elsewhere; the first that fits decides, and where none does, what the event is by itself. */
  sources: z.array(SourceRule).max(100).default([]),
  /** What nobody is told of for a while. */
  silences: z.array(Silence).max(100).default([]),
  /** What is tried, in this order, when a channel cannot deliver. */
  fallbacks: z.record(name, z.array(name)).default({}),
  /** An alert that nobody closed and that nothing joined for so long is closed. */
  forgetAfterDays: z.number().positive().max(90).default(7),
});

/** Who is told what, when, through what: one reviewed document. @see config/example.json */
export const AlertingPolicy = PolicyShape.superRefine((policy, context) => {
  const dangling = danglingNames(policy);
  const problems =
    dangling.length > 0
      ? dangling
      : [...silentPlaces(policy), ...namedConversations(policy), ...slackMembers(policy), ...urlsWithPasswords(policy)];
  for (const { path, message } of problems) context.addIssue({ code: 'custom', path: [...path], message });
});
export type AlertingPolicy = z.infer<typeof PolicyShape>;

/**
 * The policy in a text, or why it is none: one line that names the place.
 * @param secretsBelow the path of the only parameters that may be read: a policy that names others could never deliver; not looked at where absent
 */
export function readPolicy(
  text: string,
  secretsBelow?: string,
): { readonly policy: AlertingPolicy } | { readonly problem: string } {
  let value: unknown;
  try {
    value = jsonIn(text);
  } catch (error) {
    return { problem: `The policy is not JSON: ${(error as Error).message.replace(/\s+/g, ' ')}` };
  }
  const parsed = AlertingPolicy.safeParse(value);
  const [first]: readonly Problem[] = parsed.success ? foreignSecrets(parsed.data, secretsBelow) : parsed.error.issues;
  if (first) return { problem: `The policy is wrong at ${first.path.join('.') || 'its top'}: ${messageOf(first)}` };
  return { policy: parsed.data! };
}

type Problem = PolicyProblem | z.core.$ZodIssue;

/** What is wrong with a key of a record, its issues say. */
const messageOf = (problem: Problem): string =>
  'code' in problem && problem.code === 'invalid_key'
    ? (problem.issues[0]?.message ?? problem.message)
    : problem.message;

/** Some editors begin a file with a byte order mark. Throws a `SyntaxError` for what is no JSON. */
const jsonIn = (text: string): unknown => JSON.parse(text.replace(/^\ufeff/, ''));

/**
 * A policy that was in force once, which stricter rules may refuse by now: its names are right, and what it leaves unheard is less than what none at all would.
 * Undefined where not even that is so.
 */
export function readLastGood(text: string): AlertingPolicy | undefined {
  try {
    const { data } = PolicyShape.safeParse(jsonIn(text));
    return data && danglingNames(data).length === 0 ? data : undefined;
  } catch {
    return undefined;
  }
}

export const stepsFor = (policy: AlertingPolicy, severity: Severity): readonly Step[] => policy.escalation[severity];
