import { InvokeCommand } from '@aws-sdk/client-lambda';
import { cutText } from '@lamplighter/contracts/cut-text';
import { InputError } from '../input-error.ts';
import { explainFailure, lacksCredentials } from './explain-failure.ts';
import { sandboxClock } from './sandbox-clock.ts';
import type { Deployment } from './with-deployment.ts';

/** A function that answers questions. */
export interface QueryFunction {
  /** The service that it belongs to: `ingestion`. */
  readonly service: string;
  /** Its name in that service: `query-audit`. */
  readonly query: string;
}

/** The name of a query function in a deployment. */
export const functionNameOf = ({ stage }: Deployment, { service, query }: QueryFunction): string =>
  `lamplighter-${service}-${stage}-${query}`;

/** Asks a service of a deployment and gives its answer, unchecked. Throws {@link InputError} where it cannot be reached, is not deployed or fails. */
export async function askService(deployment: Deployment, asked: QueryFunction, question: unknown): Promise<unknown> {
  const FunctionName = functionNameOf(deployment, asked);
  const response = await deployment.client
    .send(new InvokeCommand({ FunctionName, Payload: JSON.stringify(question) }))
    .catch(async (error: unknown) => {
      throw explainFailure(await firstFailure(error, deployment), deployment, FunctionName, asked.service);
    });
  const text = new TextDecoder().decode(response.Payload);
  if (response.FunctionError !== undefined) throw failed(FunctionName, text);
  return JSON.parse(text);
}

/** Credentials are looked for before anybody is called: where nothing answers on this machine, that is what is wrong, and no log-in would help. */
async function firstFailure(error: unknown, { localEndpoint }: Deployment): Promise<unknown> {
  if (localEndpoint === undefined || !lacksCredentials(error)) return error;
  return sandboxClock(localEndpoint).then(
    () => error,
    (unreached: unknown) => unreached,
  );
}

const MOST_OF_A_REASON = 300;

function failed(functionName: string, payload: string): InputError {
  const reason = cutText(reasonIn(payload), MOST_OF_A_REASON);
  return new InputError(
    'service-failed',
    `${functionName} failed: ${reason}${/[.!?…]$/.test(reason) ? '' : '.'}`,
    `Its log group /aws/lambda/${functionName} has more.`,
  );
}

/** What Lambda says of an error is `{ errorType, errorMessage }`; of one of its own, whatever text there is. */
function reasonIn(payload: string): string {
  try {
    const { errorType, errorMessage } = JSON.parse(payload) as { errorType?: unknown; errorMessage?: unknown };
    return [errorType, errorMessage].filter((part) => typeof part === 'string' && part !== '').join(': ') || payload;
  } catch {
    return payload;
  }
}
