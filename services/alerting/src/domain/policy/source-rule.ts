import * as z from 'zod';

/**
 * How bad events of a source are to whoever owns the policy. Every part that it names has to be the event's: `source` and `detailType` as EventBridge has them,
 * `namePrefix` as the beginning of the alarm's name, or of the ARN that the event is about.
 */
export const SourceRule = z
  .strictObject({
    source: z.string().min(1).optional(),
    detailType: z.string().min(1).optional(),
    namePrefix: z.string().min(1).optional(),
    severity: z.enum(['critical', 'warning', 'info', 'ignore']),
  })
  .refine(
    ({ source, detailType, namePrefix }) => (source ?? detailType ?? namePrefix) !== undefined,
    'it has to name a source, a detailType or a namePrefix',
  );
export type SourceRule = z.infer<typeof SourceRule>;
