/** One call that reached a service, whatever became of it. */
export interface LoggedCall {
  /** IAM prefix: `dynamodb`. */
  readonly service: string;
  readonly operation: string;
  readonly requestId: string;
  readonly accessKeyId: string;
  readonly callerArn: string;
  /** Absent for the administrator. */
  readonly roleName?: string;
  /** Epoch milliseconds of the sandbox's clock. */
  readonly at: number;
}

/** A long run makes millions of calls: the log keeps the newest. */
const MOST_CALLS = 50_000;

export class CallLog {
  #calls: LoggedCall[] = [];

  add(call: LoggedCall): void {
    this.#calls.push(call);
    if (this.#calls.length > MOST_CALLS * 1.1) this.#calls = this.#calls.slice(-MOST_CALLS);
  }

  /** The newest 50,000 calls, oldest first. */
  list(): readonly LoggedCall[] {
    return [...this.#calls];
  }

  clear(): void {
    this.#calls = [];
  }
}
