import { ENVIRONMENT, story } from '../../../test/log-story.ts';
import type { Attempt } from '../../index.ts';
import { attributeStream } from '../attribute-stream.ts';

/** Status, error type and error message of an attempt. */
export const told = ({ status, errorType, errorMessage }: Attempt) => [status, errorType, errorMessage];

/** How the first attempt of a stream of these lines, each with its time, ended. */
export const outcome = (...lines: readonly (readonly [number, string])[]) =>
  told(attributeStream(story(...lines), ENVIRONMENT).attempts[0] as Attempt);
