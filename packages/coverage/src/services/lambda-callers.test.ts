import { describe, expect, test } from '@jest/globals';
import { arn, aspectsOf, calledBy, fn, heard, ref, resourceOf } from '../testing/templates.ts';

describe('who calls a function', () => {
  test.each([
    ['its region filled in', { 'Fn::Join': ['', ['logs.', ref('AWS::Region'), '.amazonaws.com']] }],
    ['its domain filled in', { 'Fn::Sub': 'sns.${AWS::URLSuffix}' }],
    ['a region', 'logs.eu-west-1.amazonaws.com'],
  ])('a principal with %s calls it asynchronously', (_name, principal) => {
    expect(aspectsOf('Book', { Book: fn(), P: calledBy(principal) })).toHaveProperty('lost-events');
    expect(aspectsOf('Book', { Book: fn(), P: calledBy('apigateway.amazonaws.com') })).not.toHaveProperty(
      'lost-events',
    );
  });

  test('what is called asynchronously needs a place for what failed', () => {
    const others = { ...heard, P: calledBy('events.amazonaws.com') };
    const config = resourceOf('AWS::Lambda::EventInvokeConfig', {
      FunctionName: ref('Book'),
      DestinationConfig: { OnFailure: { Destination: arn('Q') } },
    });
    const Q = resourceOf('AWS::SQS::Queue');
    expect(aspectsOf('Book', others)).toEqual({ failures: 'subscription Heard', 'lost-events': '' });
    expect(aspectsOf('Book', { ...others, Q, C: config })['lost-events']).toBe('dead-letter Q');
    const Book = fn({ DeadLetterConfig: { TargetArn: arn('Q') } });
    expect(aspectsOf('Book', { ...others, Book, Q })['lost-events']).toBe('dead-letter Q');
  });

  test.each<[string, string, unknown]>([
    ['a schedule, by its role', 'AWS::Scheduler::Schedule', { Target: { Arn: arn('Book'), RoleArn: 'r' } }],
    ['a schedule, through an alias', 'AWS::Scheduler::Schedule', { Target: { Arn: ref('Live'), RoleArn: 'r' } }],
    [
      "another function's success",
      'AWS::Lambda::EventInvokeConfig',
      { DestinationConfig: { OnSuccess: { Destination: arn('Book') } } },
    ],
    ['a rule, by its role', 'AWS::Events::Rule', { Targets: [{ Arn: arn('Book'), RoleArn: 'r' }] }],
    [
      'a pipe that does not wait',
      'AWS::Pipes::Pipe',
      {
        Target: arn('Book'),
        TargetParameters: { LambdaFunctionParameters: { InvocationType: 'FIRE_AND_FORGET' } },
      },
    ],
  ])('%s calls it asynchronously', (_name, type, properties) => {
    const Live = resourceOf('AWS::Lambda::Alias', { FunctionName: ref('Book'), Name: 'live' });
    const stack = { ...heard, Live, By: resourceOf(type, properties as Record<string, unknown>) };
    expect(aspectsOf('Book', stack)).toEqual({ failures: 'subscription Heard', 'lost-events': '' });
  });

  test('a pipe that waits, and a workflow, see what fails', () => {
    const Pipe = resourceOf('AWS::Pipes::Pipe', { Target: arn('Book') });
    const Machine = resourceOf('AWS::StepFunctions::StateMachine', { Definition: { Resource: arn('Book') } });
    expect(aspectsOf('Book', { ...heard, Pipe, Machine })).toEqual({ failures: 'subscription Heard' });
  });

  test('an alias or a version of a function means the function', () => {
    const aliased = {
      ...heard,
      V: resourceOf('AWS::Lambda::Version', { FunctionName: ref('Book') }),
      Live: resourceOf('AWS::Lambda::Alias', {
        FunctionName: 'shop-book',
        FunctionVersion: { 'Fn::GetAtt': ['V', 'Version'] },
      }),
    };
    const leave = (FunctionName: unknown) =>
      resourceOf('AWS::Lambda::Permission', { FunctionName, Principal: 'sns.amazonaws.com' });
    for (const name of [ref('Live'), ref('V'), 'arn:aws:lambda:us-east-1:123456789012:function:shop-book:live'])
      expect(aspectsOf('Book', { ...aliased, P: leave(name) })['lost-events']).toBe('');
    expect(
      aspectsOf('Book', { ...aliased, P: leave('arn:aws:lambda:us-east-1:123456789012:function:shop-bookings:live') }),
    ).toEqual({
      failures: 'subscription Heard',
    });
    const M = resourceOf('AWS::Lambda::EventSourceMapping', { EventSourceArn: arn('Q'), FunctionName: ref('Live') });
    expect(aspectsOf('Q', { ...aliased, Q: resourceOf('AWS::SQS::Queue'), M }).backlog).toBe('consumers Book');
  });

  test('aliases that name each other end nowhere', () => {
    const circle = {
      A: resourceOf('AWS::Lambda::Alias', { FunctionName: ref('B') }),
      B: resourceOf('AWS::Lambda::Alias', { FunctionName: ref('A') }),
    };
    expect(
      aspectsOf('M', {
        ...circle,
        M: resourceOf('AWS::Lambda::EventSourceMapping', { FunctionName: ref('A'), StartingPosition: 'LATEST' }),
      }),
    ).toEqual({
      'poison-records': '',
    });
  });
});
