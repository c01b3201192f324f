import type { InvokeRequest } from '../../services/lambda/lambda-peer.ts';
import type { Peers } from '../peers.ts';
import type { Caller } from '../service.ts';
import type { Clock } from '../time/clock.ts';
import type { FaultPlan } from './fault-plan.ts';
import { withFaults } from './with-faults.ts';

/** What one service asks of another inside the process, by the operation that it would be on the wire. */
const OPERATIONS: Readonly<Partial<Record<keyof Peers, Readonly<Record<string, string>>>>> = {
  lambda: { invoke: 'Invoke', invokeAsync: 'Invoke' },
  kinesis: { putRecord: 'PutRecord', read: 'GetRecords', shards: 'ListShards' },
  dynamodb: { read: 'GetRecords', shards: 'DescribeStream' },
  sqs: { send: 'SendMessage', receive: 'ReceiveMessage', delete: 'DeleteMessage' },
  s3: { put: 'PutObject', get: 'GetObject', list: 'ListObjectsV2' },
  firehose: { put: 'PutRecord' },
  states: { startExecution: 'StartExecution' },
  sns: { publish: 'Publish' },
};

type Call = (...args: readonly unknown[]) => Promise<unknown>;

/** A peer whose calls faults can hit like those on the wire: a subscription's delivery, a poll of a stream, a dead letter. */
export function faultedPeer<P>(name: keyof Peers, peer: P, plan: FaultPlan, clock: Clock): P {
  const operations = OPERATIONS[name];
  if (!operations || typeof peer !== 'object' || peer === null) return peer;
  return new Proxy(peer, {
    get(target, property) {
      const member: unknown = Reflect.get(target, property, target);
      if (typeof member !== 'function') return member;
      const operation = Object.hasOwn(operations, property) ? operations[String(property)] : undefined;
      const call: Call = (...args) => Reflect.apply(member, target, args);
      if (operation === undefined) return call;
      return async (...args: readonly unknown[]) => {
        const answered = await withFaults(plan, clock, {
          call: { service: name, operation, permissions: [] },
          caller: callerOf(args[0]),
          hungUp: new AbortController().signal,
          handle: () => call(...args),
        });
        if (!answered) throw new Error(`The connection to ${name} broke at ${operation}.`);
        return answered.answer;
      };
    },
  });
}

/** Lambda is told on whose behalf it is invoked; the others are called by a service of the sandbox. */
function callerOf(first: unknown): Caller {
  const principal = (first as Partial<InvokeRequest> | undefined)?.principal;
  if (principal?.kind === 'role') return { accessKeyId: '', arn: principal.roleArn, roleArn: principal.roleArn };
  return { accessKeyId: '', arn: principal?.service ?? 'aws' };
}
