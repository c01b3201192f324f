import { RemediationChanged } from '@lamplighter/contracts';
import { pastRepairOf } from '../past-repairs.ts';
import type { BusEvent } from './bus-event.ts';
import { type FunctionNews, newsOf } from './function-news.ts';

/** A repair of a function that was kept or undone; undefined for every other step of one. @throws ZodError for another shape */
export function newsFromRemediation({ detail }: BusEvent): FunctionNews | undefined {
  const { remediation } = RemediationChanged.parse(detail).data;
  const repair = pastRepairOf(remediation);
  if (repair === undefined) return undefined;
  const { accountId, region, name } = remediation.resource;
  return newsOf({ accountId, region, functionName: name }, { repairs: [repair] });
}
