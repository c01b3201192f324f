import { ApiError, type ServiceContext } from '../../../core/service.ts';
import { backOffMs } from './back-off.ts';
import type { Mapping } from './mapping.ts';

/** What stands between a mapping and its source for the moment: it is shown on the mapping, and tried again with back-off. */
export class SourceProblem {
  readonly #context: ServiceContext;
  readonly #mapping: Mapping;
  readonly #retry: () => void;
  #setbacks = 0;

  constructor(context: ServiceContext, mapping: Mapping, retry: () => void) {
    this.#context = context;
    this.#mapping = mapping;
    this.#retry = retry;
  }

  /** Gives what `call` gives, or undefined where the service refused or broke off; a fault of our own code is thrown on. */
  async guard<Answer>(call: () => Promise<Answer>): Promise<Answer | undefined> {
    try {
      const answer = await call();
      this.#setbacks = 0;
      return answer;
    } catch (error) {
      if (!isServiceError(error)) throw error;
      this.#setbacks += 1;
      this.#mapping.lastProcessingResult = `PROBLEM: ${error.message}`;
      this.#context.clock.schedule(backOffMs(this.#setbacks), this.#retry);
      return undefined;
    }
  }
}

/** An error of AWS, or of the connection to it; a TypeError and its like are ours. */
export const isServiceError = (error: unknown): error is Error =>
  error instanceof ApiError || (error instanceof Error && error.constructor === Error);
