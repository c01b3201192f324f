/** One thing that a search found: enough to show a line and to open its page. */
export type SearchHit =
  | { readonly kind: 'request'; readonly requestId: string; readonly functionName?: string; readonly detail: string }
  | {
      readonly kind: 'message';
      readonly requestId: string;
      readonly stream: string;
      readonly sequenceNumber: string;
      readonly detail: string;
    }
  | {
      readonly kind: 'function';
      readonly functionName: string;
      readonly accountId: string;
      readonly region: string;
      readonly detail: string;
    }
  | {
      readonly kind: 'error';
      readonly functionName: string;
      readonly requestId: string;
      readonly count: number;
      readonly detail: string;
    }
  | {
      readonly kind: 'line';
      /** Absent where the line does not say it. */
      readonly requestId?: string;
      readonly functionName: string;
      /** Epoch milliseconds. */
      readonly at: number;
      readonly detail: string;
    }
  | { readonly kind: 'finding'; readonly findingId: string; readonly detail: string };
