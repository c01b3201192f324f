import * as z from 'zod';
import { strictOptions } from './strict-options.ts';

/** What PutRetentionPolicy takes: https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutRetentionPolicy.html */
const RETENTION_DAYS = [
  1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653,
];

const exemption = strictOptions({
  resource: z.string().min(1).describe('Logical id in the packaged template; * stands for any characters'),
  aspect: z.string().min(1).optional().describe('One question alone, as the report names it; all where absent'),
  reason: z.string().min(8).describe('Why it need not be watched'),
});

const subscriptions = strictOptions({
  exclude: z
    .array(z.string().min(1))
    .default([])
    .describe('Functions, as serverless.yml names them, that are not subscribed'),
  whenFull: z
    .enum(['fail', 'skip', 'account-policy'])
    .default('fail')
    .describe(
      'A log group has no room for another filter: fail the deploy, skip the group, or rely on an account policy (fail where there is none)',
    ),
  limit: z
    .int()
    .min(1)
    .max(5)
    .default(2)
    .describe('Filters that a log group takes: 2 by the API reference, 5 by the user guide of 2026'),
  permission: z
    .enum(['auto', 'always', 'never'])
    .default('auto')
    .describe(
      "Leave for CloudWatch Logs to call Lamplighter's function: auto adds one for log groups outside /aws/lambda/ alone, which Lamplighter allows by itself",
    ),
});

/** Retention of a log group that is new, where neither the service nor its options say. */
export const NEW_GROUP_RETENTION_DAYS = 30;

/** What may stand under `custom.lamplighter`; any other key is refused. */
export const LamplighterOptions = strictOptions({
  enabled: z.boolean().default(true).describe('false: the plugin changes nothing and reports nothing'),
  stage: z
    .string()
    .regex(/^[A-Za-z0-9-]+$/, 'expected letters, digits and hyphens')
    .optional()
    .describe("Stage of Lamplighter that watches; the service's own stage where absent"),
  subscriptions: z
    .union([z.boolean(), subscriptions], 'expected true, false, or an object with options')
    .default(true)
    .describe("Subscription filters from the functions' log groups to Lamplighter; false: none"),
  retentionDays: z
    .union([z.literal(false), z.literal(RETENTION_DAYS)], `expected false, or one of ${RETENTION_DAYS.join(', ')}`)
    .optional()
    .describe(
      "Days that the functions' log groups keep logs, where the service does not say; false: left as they are. Where absent, groups that are new get 30, and those that are there already keep what they have",
    ),
  tracing: z.boolean().default(false).describe('true: X-Ray tracing on functions that do not say themselves'),
  accountWatched: z
    .boolean()
    .default(false)
    .describe('An account-wide policy subscribes every log group: coverage counts functions as watched'),
  minimumCoveragePct: z
    .number()
    .min(0)
    .max(100)
    .optional()
    .describe('Packaging fails below this share of watched resources'),
  exemptions: z.array(exemption).default([]).describe('What need not be watched, and why'),
});

export type LamplighterOptions = z.output<typeof LamplighterOptions>;
export type SubscriptionOptions = z.output<typeof subscriptions>;

/** How subscriptions are made; undefined where they are not wanted. */
export function subscriptionOptions({ subscriptions: given }: LamplighterOptions): SubscriptionOptions | undefined {
  if (given === false) return undefined;
  return given === true ? subscriptions.parse({}) : given;
}
