import type { Host } from './host.ts';
import { PluginError } from './plugin-error.ts';

/** Lamplighter's own services: a pipeline that reads itself has no end. */
const OWN_SERVICE = /^lamplighter-(backbone|ingestion|analysis|prediction|remediation|alerting|console)$/;

/** Functions of a service, as its template names them. */
export interface ChosenFunctions {
  readonly functionIds: readonly string[];
  /** Those among them that are not to be subscribed. */
  readonly excludedIds: readonly string[];
}

/** The functions that are to be watched. Throws {@link PluginError} for a service or an exclusion that cannot be. */
export function chosenFunctions(host: Host, excluded: readonly string[]): ChosenFunctions {
  const { service, functions = {} } = host.service;
  if (OWN_SERVICE.test(String(service)))
    throw new PluginError(
      'LAMPLIGHTER_WATCHES_ITSELF',
      `${String(service)} is a part of Lamplighter, whose own logs are never subscribed: take serverless-lamplighter out of its plugins.`,
    );
  const names = Object.keys(functions);
  const unknown = excluded.find((name) => !names.includes(name));
  if (unknown !== undefined)
    throw new PluginError(
      'LAMPLIGHTER_OPTIONS',
      `custom.lamplighter.subscriptions.exclude names ${unknown}, which is no function of this service: ${names.join(', ')} are.`,
    );
  const { naming } = host.getProvider('aws');
  const idOf = (name: string): string => naming.getLambdaLogicalId(name);
  return { functionIds: names.map(idOf), excludedIds: excluded.map(idOf) };
}
