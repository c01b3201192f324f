import { RemediationChanged } from '@lamplighter/contracts';
import type { CaughtEvent } from '@lamplighter/sandbox';
import type { RemediationHouse } from './deployed-remediation.ts';
import { readRecords } from './repair-records.ts';

/** All that has to be the same whatever died. */
export async function outcomeOf(
  { sandbox, configurationOf }: RemediationHouse,
  functionName: string,
  caught: readonly CaughtEvent[],
) {
  const { repairs: own, locks, counted, learnt, executions } = await readRecords(sandbox, functionName);
  const { remediation, snapshot } = own[0]!;
  const isOwn = (id: string): boolean => id === remediation.remediationId;
  const told = caught.map(({ detail }) => RemediationChanged.parse(detail).data.remediation);
  const revisions = new Set(told.filter((one) => isOwn(one.remediationId)).map(({ revision }) => revision));
  return {
    repairs: own.map((one) => `${one.remediation.playbook}: ${one.remediation.state}`),
    snapshot: snapshot?.restore,
    tracing: (await configurationOf(functionName)).TracingConfig?.Mode,
    locks,
    counted: counted.filter(isOwn).length,
    learnt: learnt.filter(isOwn).length,
    executions: executions.filter(({ name }) => isOwn(name)).map(({ status }) => status),
    untold: Array.from({ length: remediation.revision + 1 }, (_, at) => at).filter((at) => !revisions.has(at)),
  };
}
