import type { Finding, Remediation } from '../../../packages/contracts/src/index.ts';
import type { Page } from '../house/pager.ts';
import type { MinuteOfTraffic } from '../house/shop.ts';

/** One line of what happens, as it happens; `at` is the story's time, epoch milliseconds. */
export type Told = { readonly at: number } & (
  | { readonly kind: 'note'; readonly text: string }
  | { readonly kind: 'traffic'; readonly minute: ToldMinute }
  | { readonly kind: 'finding'; readonly finding: Finding }
  | { readonly kind: 'repair'; readonly repair: Remediation }
  | { readonly kind: 'page'; readonly page: Page }
);

/** A minute of the story: what guests did and felt, and what the audit says of it. */
export interface ToldMinute extends MinuteOfTraffic {
  readonly start: number;
  /** Of all functions of the application, by the audit: calls that were audited, and their cost at list price. */
  readonly audited: number;
  readonly usd: number;
}

export interface Chapter {
  readonly name: string;
  readonly from: number;
  readonly until: number;
}

/** What the story did on purpose: the truth that findings are held against. */
export interface InjectedFault {
  readonly name: string;
  readonly functionName: string;
  readonly injectedAt: number;
  /** Classes of findings that would be right, and a word that a right cause has in its name. */
  readonly classes: readonly Finding['class'][];
  readonly cause: string;
  /** Whether it is really gone, asked of the resource itself when the story is over. */
  readonly isGone: boolean;
}
