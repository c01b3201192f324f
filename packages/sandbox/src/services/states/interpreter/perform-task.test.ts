import { describe, expect, test } from '@jest/globals';
import type { State, TaskState } from '../language/definition.ts';
import { StateError } from '../language/state-error.ts';
import { loneRun } from '../testing/lone-run.ts';

const echo: TaskState = { Type: 'Task', Resource: 'arn:aws:states:::lambda:echo', End: true };

describe('a task', () => {
  test('is tried again with back-off by the clock, and tells how often', async () => {
    const lone = loneRun({
      flaky(parameters, _call, count) {
        if (count < 4) throw new StateError('Busy');
        return parameters;
      },
    });
    const state: State = {
      ...echo,
      Resource: 'arn:aws:states:::lambda:flaky',
      Parameters: { 'retries.$': '$$.State.RetryCount' },
      Retry: [{ ErrorEquals: ['Busy'], IntervalSeconds: 2, BackoffRate: 3, MaxDelaySeconds: 10 }],
    };
    const done = lone.run({ A: state });
    await lone.clock.advance(60_000);
    expect(await done).toEqual({ retries: 3 });
    expect(lone.calls.map(({ atMs }) => atMs)).toEqual([0, 2_000, 8_000, 18_000]);
  });

  test('counts the retries of each retrier by itself, then is caught', async () => {
    const lone = loneRun({
      two(_parameters, _call, count) {
        throw new StateError(count % 2 === 1 ? 'Odd' : 'Even');
      },
    });
    const state: State = {
      ...echo,
      Resource: 'arn:aws:states:::lambda:two',
      Retry: [
        { ErrorEquals: ['Odd'], MaxAttempts: 2 },
        { ErrorEquals: ['Even'], MaxAttempts: 2 },
      ],
      Catch: [{ ErrorEquals: ['States.ALL'], Next: 'B' }],
    };
    const done = lone.run({ A: state, B: { Type: 'Pass', InputPath: '$.Error', End: true } });
    await lone.clock.advance(60_000);
    expect(await done).toBe('Odd');
    expect(lone.calls).toHaveLength(5);
  });

  test('that does not answer in time is States.Timeout, and its call is aborted', async () => {
    let signal: AbortSignal | undefined;
    const lone = loneRun({
      hang(_parameters, call) {
        signal = call.signal;
        return new Promise(() => undefined);
      },
    });
    const done = lone.run(
      { A: { ...echo, Resource: 'arn:aws:states:::lambda:hang', TimeoutSecondsPath: '$.t' } },
      { t: 5 },
    );
    await lone.clock.advance(4_999);
    expect(signal?.aborted).toBe(false);
    await lone.clock.advance(1);
    expect(await done).toEqual({ error: 'States.Timeout', cause: undefined });
    expect(signal?.aborted).toBe(true);
    expect(lone.history.events.at(-1)?.type).toBe('TaskTimedOut');
  });
});

describe('a task with a token', () => {
  const waiting: State = {
    ...echo,
    Resource: 'arn:aws:states:::lambda:invoke.waitForTaskToken',
    Parameters: { 'token.$': '$$.Task.Token' },
    HeartbeatSeconds: 10,
    TimeoutSeconds: 60,
    Catch: [
      { ErrorEquals: ['States.HeartbeatTimeout'], Next: 'Missed' },
      { ErrorEquals: ['States.ALL'], Next: 'Failed' },
    ],
  };
  const states: Readonly<Record<string, State>> = {
    A: waiting,
    Missed: { Type: 'Pass', Result: 'missed', End: true },
    Failed: { Type: 'Pass', InputPath: '$.Error', End: true },
  };
  const started = () => {
    const lone = loneRun({ invoke: () => ({}) });
    const done = lone.run(states);
    return { lone, done, token: () => (lone.calls[0]!.parameters as { token: string }).token };
  };

  test('ends with what is reported, once', async () => {
    const { lone, done, token } = started();
    await lone.clock.advance(5_000);
    lone.tokens.succeed(token(), '{"ok":true}');
    expect(await done).toEqual({ ok: true });
    expect(() => lone.tokens.succeed(token(), '{}')).toThrow("Task Timed Out: 'Provided task does not exist anymore'");
    expect(lone.history.events.map(({ type }) => type)).toEqual([
      'TaskStateEntered',
      'TaskScheduled',
      'TaskStarted',
      'TaskSubmitted',
      'TaskSucceeded',
      'TaskStateExited',
    ]);
  });

  test('fails with what is reported', async () => {
    const { lone, done, token } = started();
    await lone.clock.advance(1);
    lone.tokens.fail(token(), 'Refused', 'by hand');
    expect(await done).toBe('Refused');
  });

  test('lives as long as heartbeats come', async () => {
    const { lone, done, token } = started();
    for (let beat = 0; beat < 4; beat += 1) {
      await lone.clock.advance(9_999);
      lone.tokens.heartbeat(token());
    }
    await lone.clock.advance(9_999);
    expect(lone.history.events.at(-1)?.type).toBe('TaskSubmitted');
    await lone.clock.advance(1);
    expect(await done).toBe('missed');
    expect(() => lone.tokens.heartbeat(token())).toThrow('Task Timed Out');
  });

  test('ends at its timeout whatever the heartbeats say', async () => {
    const { lone, done, token } = started();
    for (let beat = 0; beat < 10; beat += 1) {
      await lone.clock.advance(6_000);
      if (beat < 9) lone.tokens.heartbeat(token());
    }
    expect(await done).toBe('States.Timeout');
  });

  test('refuses a token that never was, and an output that is no JSON', async () => {
    const { lone, token } = started();
    await lone.clock.advance(1);
    expect(() => lone.tokens.succeed('x', '{}')).toThrow("Invalid Token: 'Invalid token'");
    expect(() => lone.tokens.succeed(token(), '{')).toThrow('Invalid Output');
  });
});
