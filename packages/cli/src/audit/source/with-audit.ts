import { type DeploymentOptions, withDeployment } from '../../deployment/with-deployment.ts';
import type { TimeRange } from '../../findings/read-windows.ts';
import { replayFolder } from '../../replay/run-replay.ts';
import type { Terminal } from '../../terminal/terminal.ts';
import { rangeOrLastDay, readTimeOptions, type TimeOptions } from '../arguments/time-options.ts';
import type { AuditSource } from './audit-source.ts';
import { deployedAuditSource } from './deployed-audit-source.ts';
import { storedAuditSource } from './stored-stories.ts';

/** Reads the audit of the deployment that the options name; where they name none, what the last replay kept. */
export function withAudit<T>(
  options: DeploymentOptions,
  terminal: Terminal,
  use: (source: AuditSource) => Promise<T>,
): Promise<T> {
  return withDeployment(options, terminal, {
    named: (deployment) => use(deployedAuditSource(deployment)),
    unnamed: async () => use(await storedAuditSource(replayFolder())),
  });
}

/** As {@link withAudit}, within `--since` and `--until`: by default the last day of a deployment, or all of the last replay. */
export function withAuditedRange<T>(
  options: DeploymentOptions & TimeOptions,
  terminal: Terminal,
  use: (source: AuditSource, range: TimeRange) => Promise<T>,
): Promise<T> {
  return withDeployment(options, terminal, {
    named: async (deployment) => use(deployedAuditSource(deployment), rangeOrLastDay(options, await deployment.now())),
    unnamed: async () =>
      use(await storedAuditSource(replayFolder()), {
        ...ALL_OF_A_REPLAY,
        ...readTimeOptions(options, terminal.now()),
      }),
  });
}

const ALL_OF_A_REPLAY: TimeRange = { since: 0, until: Number.MAX_SAFE_INTEGER };
