import * as z from 'zod';
import { zone } from './zone.ts';

/**
 * Nobody is told of something for a while: a deploy, a migration, a function that is known to be broken. Local times. `about` is the whole name of a function, an alarm or whatever an alert names; one `*` at its end stands for any rest.
 */
export const Silence = z.strictObject({
  about: z
    .string()
    .trim()
    .regex(/^[^*]*\*?$/, 'a name, with at most one * at its end')
    .min(1),
  zone,
  from: z.iso.datetime({ local: true }),
  until: z.iso.datetime({ local: true }),
  /** Why; those who wonder why nobody was told read it. */
  because: z.string().min(1).max(200),
});
export type Silence = z.infer<typeof Silence>;
