import type { AwsCaller } from '../../../core/aws-calls/aws-caller.ts';
import { AWS_SERVICES, commandOf } from '../../../core/aws-calls/aws-services.ts';
import { parseTaskResource } from '../interpreter/task-resource.ts';
import { OPTIMISED } from './optimised.ts';

/** Loads the SDKs that a definition names, so that {@link refusalOf} knows their operations. */
export async function loadServices(definition: string, caller: AwsCaller): Promise<void> {
  const services = new Set([...definition.matchAll(/:aws-sdk:([a-z0-9-]+):/g)].map(([, service]) => service as string));
  await Promise.all([...services].map((service) => caller.load(service)));
}

/** What the sandbox does not have of a resource, or nothing where it can be called. */
export function refusalOf(arn: string, caller: AwsCaller): string | undefined {
  const resource = parseTaskResource(arn);
  if (!resource) return `the resource ${arn}`;
  const { kind, service, action, pattern } = resource;
  if (kind === 'lambda-function') return undefined;
  if (kind === 'aws-sdk') {
    const module = caller.loaded(service);
    const isKnown = Object.hasOwn(AWS_SERVICES, service) && module && commandOf(module, action);
    return isKnown && (pattern === 'request-response' || pattern === 'token') ? undefined : `the resource ${arn}`;
  }
  const optimised = Object.hasOwn(OPTIMISED, service) ? OPTIMISED[service] : undefined;
  const isKnown =
    optimised?.actions.includes(action) && (pattern === 'request-response' || optimised.patterns.includes(pattern));
  return isKnown ? undefined : `the resource ${arn}`;
}
