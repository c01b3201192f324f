import { expect, test } from '@jest/globals';
import type { InvokeRequest, LambdaPeer } from '../../services/lambda/lambda-peer.ts';
import { VirtualClock } from '../time/virtual-clock.ts';
import { FaultPlan } from './fault-plan.ts';
import { faultedPeer } from './faulted-peer.ts';

/** A Lambda that counts; private state shows that methods keep their own `this`. */
class CountingLambda implements LambdaPeer {
  #count = 0;
  get count(): number {
    return this.#count;
  }
  async invoke(): ReturnType<LambdaPeer['invoke']> {
    this.#count += 1;
    return { statusCode: 200, payload: Buffer.from(String(this.#count)), requestId: 'r' };
  }
  async invokeAsync(): Promise<void> {
    this.#count += 1;
  }
  provisionedConcurrency(): never {
    throw new Error('Nothing asks for this here.');
  }

  setProvisionedConcurrency(): void {}

  assertInvokable(): void {
    if (this.#count > 99) throw new Error('too many');
  }
}

const request: InvokeRequest = {
  functionName: 'f',
  payload: Buffer.alloc(0),
  principal: { kind: 'service', service: 'logs.amazonaws.com', sourceArn: 'arn', sourceAccount: '1' },
};

function setUp() {
  const plan = new FaultPlan();
  const clock = new VirtualClock(0);
  const lambda = new CountingLambda();
  const peer: LambdaPeer = faultedPeer('lambda', lambda, plan, clock);
  return { plan, clock, lambda, peer };
}

test('without a fault a call passes', async () => {
  const { lambda, peer } = setUp();
  await peer.invokeAsync(request);
  expect((await peer.invoke(request)).payload.toString()).toBe('2');
  peer.assertInvokable('f', request.principal);
  expect(lambda.count).toBe(2);
});

test('a fault hits what services ask of each other, told apart by who asks', async () => {
  const { plan, lambda, peer } = setUp();
  plan.inject({ service: 'lambda', caller: ({ arn }) => arn === 'events.amazonaws.com', effect: { kind: 'throttle' } });
  await peer.invoke(request);
  plan.inject({ service: 'lambda', caller: ({ arn }) => arn === 'logs.amazonaws.com', effect: { kind: 'throttle' } });
  await expect(peer.invoke(request)).rejects.toMatchObject({ code: 'TooManyRequestsException' });
  expect(lambda.count).toBe(1);
});

test('a lost answer is an error although the call was carried out; a duplicate is carried out twice', async () => {
  const { plan, lambda, peer } = setUp();
  plan.inject({ operation: 'Invoke', nth: 1, effect: { kind: 'drop-response' } });
  await expect(peer.invokeAsync(request)).rejects.toThrow('The connection to lambda broke at Invoke');
  expect(lambda.count).toBe(1);
  plan.inject({ operation: 'Invoke', nth: 1, effect: { kind: 'duplicate' } });
  await peer.invokeAsync(request);
  expect(lambda.count).toBe(3);
});

test('calls of one service pass each other when one is delayed', async () => {
  const { plan, clock, peer } = setUp();
  plan.inject({ nth: 1, effect: { kind: 'delay', ms: 500 } });
  const answers: string[] = [];
  const ask = async (name: string) => {
    await peer.invoke(request);
    answers.push(name);
  };
  const both = Promise.all([ask('first'), ask('second')]);
  await clock.advance(500);
  await both;
  expect(answers).toEqual(['second', 'first']);
});
