import { LamplighterError } from '@lamplighter/lambda-kit';
import type { StoredRemediation } from '../domain/stored-remediation.ts';
import type { RemediationPort } from '../ports.ts';

const MAX_TRIES = 8;

/**
 * Reads a repair, decides, writes; again when somebody else was faster. `decide` gives undefined where nothing has to change.
 * @throws LamplighterError `REMEDIATION_UNKNOWN`, `REMEDIATION_CONTENDED`
 */
export async function changeStored(
  remediations: RemediationPort,
  remediationId: string,
  decide: (stored: StoredRemediation) => StoredRemediation | undefined,
): Promise<StoredRemediation> {
  for (let tries = 0; tries < MAX_TRIES; tries++) {
    const read = await remediations.read(remediationId);
    if (read === undefined) throw new LamplighterError('REMEDIATION_UNKNOWN', `There is no repair ${remediationId}.`);
    const next = decide(read.value);
    if (next === undefined) return read.value;
    if ((await remediations.write(next, read.version)) === 'written') return next;
  }
  throw new LamplighterError(
    'REMEDIATION_CONTENDED',
    `Others changed ${remediationId} ${MAX_TRIES} times in a row; the step comes again.`,
  );
}
