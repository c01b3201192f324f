import type { Logger } from '@aws-lambda-powertools/logger';
import middy, { type MiddlewareObj } from '@middy/core';
import type { Context } from 'aws-lambda';
import { createLogger } from './logger.ts';

/** A function of a service: its name, what it needs, and what it does. */
export interface HandlerOptions<Event, Result, Deps> {
  /** `service/function`, as it stands in each log line. */
  readonly name: string;
  /** Composition root: environment -> adapters. Called once an execution environment, at the first invocation. */
  readonly compose: (logger: Logger) => Deps;
  readonly handle: (event: Event, deps: Deps, context: Context) => Promise<Result>;
}

/** The one way a Lambda handler of ours is made: middy around `handle`, a structured logger with the request ID, dependencies composed once. */
export function defineHandler<Event, Result, Deps>(options: HandlerOptions<Event, Result, Deps>) {
  const logger = createLogger(options.name);
  let deps: Deps | undefined;
  return middy<Event, Result>()
    .use(requestLog(logger))
    .handler((event: Event, context: Context) => {
      deps ??= options.compose(logger);
      return options.handle(event, deps, context);
    });
}

/** Adds the request ID to every line, and writes an error with its causes before Lambda sees it. */
function requestLog(logger: Logger): MiddlewareObj {
  return {
    before: ({ context }) => logger.addContext(context as Context),
    onError: ({ error }) => logger.error('the invocation failed', { error: error as Error }),
  };
}
