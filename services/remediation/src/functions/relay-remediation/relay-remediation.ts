import { RemediationChanged } from '@lamplighter/contracts';
import type { StoredRemediation } from '../../domain/stored-remediation.ts';
import type { PublishPort } from '../../ports.ts';

/** Every new revision of a repair, on the bus. Links of approvers go with it: alerting sends each to its own approver. */
export async function relayRemediation(
  before: StoredRemediation | undefined,
  after: StoredRemediation,
  publish: PublishPort,
): Promise<void> {
  const { remediation } = after;
  if (before?.remediation.revision === remediation.revision) return;
  await publish([RemediationChanged.entry({ remediation }, `${remediation.remediationId}/${remediation.revision}`)]);
}
