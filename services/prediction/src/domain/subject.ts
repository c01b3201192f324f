import type { Resource } from '@lamplighter/prediction';

/** An account in a region. */
export interface AccountIdentity {
  readonly accountId: string;
  readonly region: string;
}

/** One figure of a stream, a table, a cluster or an API. */
export interface GaugeIdentity {
  readonly type: Resource['type'];
  readonly name: string;
  readonly metric: string;
}

/** What is foreseen: a function, a figure of something that functions use, or the account where neither is named. */
export interface Subject extends AccountIdentity {
  readonly functionName?: string;
  readonly gauge?: GaugeIdentity;
}

export const accountKey = ({ accountId, region }: AccountIdentity): string => `${accountId}:${region}`;

/** Names a subject in a table. */
export function subjectKey(subject: Subject): string {
  const account = accountKey(subject);
  if (subject.gauge !== undefined) return `${account}:${gaugeKey(subject.gauge)}`;
  return subject.functionName === undefined ? account : `${account}:${subject.functionName}`;
}

/** Names of APIs may hold anything: the name comes last. */
export const gaugeKey = ({ type, metric, name }: GaugeIdentity): string => `${type}/${metric}/${name}`;

/** The identity that a `gaugeKey` was made of. */
export function gaugeIn(key: string): GaugeIdentity {
  const [type, metric, ...name] = key.split('/');
  return { type: type as GaugeIdentity['type'], metric: metric ?? '', name: name.join('/') };
}

/** The subject as findings, forecasts and breaches name it. */
export function resourceOf({ accountId, region, functionName, gauge }: Subject): Resource {
  if (gauge !== undefined) return { accountId, region, type: gauge.type, name: gauge.name };
  return functionName === undefined
    ? { accountId, region, type: 'account', name: accountId }
    : { accountId, region, type: 'lambda-function', name: functionName };
}
