import type { PolicyProblem } from './dangling-names.ts';
import type { AlertingPolicy } from './policy.ts';

/** Secrets that do not lie below a path, and that the role of the deliveries may not read; none where no path is given. */
export function foreignSecrets({ channels }: Pick<AlertingPolicy, 'channels'>, below = '/'): PolicyProblem[] {
  const message = `it has to begin with ${below}, since no other secret may be read`;
  return Object.entries(channels).flatMap(([name, channel]) =>
    Object.entries(channel)
      .filter(([key, value]) => key.endsWith('Parameter') && !value.startsWith(below))
      .map(([key]) => ({ path: ['channels', name, key], message })),
  );
}
