import { isIP } from 'node:net';
import type { ServiceContext } from '../../../core/service.ts';
import { invalidParameter, notEmulated } from '../sns-error.ts';
import type { Protocol } from './topic.ts';

/** Throws `InvalidParameter` for an endpoint that its protocol cannot reach; nothing leaves the machine. */
export function assertEndpoint(
  protocol: Protocol,
  endpoint: string,
  attributes: Readonly<Record<string, string>>,
  context: ServiceContext,
): void {
  switch (protocol) {
    case 'lambda':
    case 'sqs':
      if (!endpoint.startsWith(`arn:aws:${protocol}:${context.region}:`))
        throw invalidParameter(`${protocol} endpoint ARN`);
      return;
    case 'firehose':
      if (!endpoint.startsWith('arn:aws:firehose:')) throw invalidParameter('Firehose endpoint ARN');
      if (!attributes.SubscriptionRoleArn) throw invalidParameter('SubscriptionRoleArn is required for firehose');
      return;
    case 'email':
    case 'email-json':
      if (!/^[^\s@]+@[^\s@]+$/.test(endpoint)) throw invalidParameter('Email address');
      return;
    default:
      assertLoopback(protocol, endpoint);
  }
}

function assertLoopback(protocol: string, endpoint: string): void {
  const url = URL.canParse(endpoint) ? new URL(endpoint) : undefined;
  if (url?.protocol !== `${protocol}:`) throw invalidParameter(`Endpoint must match the specified protocol`);
  const host = url.hostname.replace(/^\[|\]$/g, '');
  const isLoopback = host === 'localhost' || host === '::1' || (isIP(host) === 4 && host.startsWith('127.'));
  if (!isLoopback) throw notEmulated(`endpoints outside this machine: ${endpoint}`);
}
