import * as z from 'zod';

/** A setting that changed, by the name that Lambda's API gives it; values as text. */
export const ChangedSetting = z.object({
  name: z.string().max(100),
  before: z.string().max(200).optional(),
  after: z.string().max(200).optional(),
});
export type ChangedSetting = z.infer<typeof ChangedSetting>;

/** Something that was changed at a function: a deploy, a setting, an alias that moved. */
export const FunctionChange = z.object({
  changeId: z.string(),
  accountId: z.string(),
  region: z.string(),
  functionName: z.string(),
  /** Epoch milliseconds: when it was made; of `logs`, the minute in which it was first seen. */
  at: z.number(),
  /**
   * Who tells it: `cloudtrail` the call itself, and who made it; `lambda` what the function says of itself, where no trail tells calls: when `$LATEST` was last
   * modified, and what is another than when it was last looked at; `logs` the calls, which show a version or a memory size for the first time.
   */
  source: z.enum(['cloudtrail', 'lambda', 'logs']),
  /** `unknown`: `$LATEST` was made or modified before anybody looked at it. */
  kind: z.enum(['code', 'configuration', 'version', 'alias', 'deletion', 'unknown']),
  /** What it was made to, published as, or points to: `$LATEST`, `8`. */
  version: z.string().max(200).optional(),
  alias: z.string().max(200).optional(),
  /**
   * Of `configuration`: those that are known. Empty: settings were compared and none that is compared is another, which leaves the variables, of which nobody tells, or another setting;
   * of `lambda`'s `code` as well. Of `alias`: `routing`, where a part of its calls goes to a second version.
   */
  settings: z.array(ChangedSetting).max(30).optional(),
  codeSha256: z.string().max(100).optional(),
  /** The role and session, the user or the service that made the call. */
  by: z.string().max(300).optional(),
  /** The service through which they made it: `cloudformation.amazonaws.com`. */
  via: z.string().max(200).optional(),
});
export type FunctionChange = z.infer<typeof FunctionChange>;
