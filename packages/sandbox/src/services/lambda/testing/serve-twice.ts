import { startEnvironment } from '../environments/execution-environment.ts';

/**
 * One environment of the function `index.handler` from start to stop, with two invocations of `{"lamp":1}`; the second is answered when what the first
 * one compiled is kept.
 */
export async function serveTwice(entry: string, taskRoot: string) {
  const environment = startEnvironment({
    entry,
    taskRoot,
    handler: 'index.handler',
    variables: {},
    memorySizeMb: 128,
    logging: { format: 'Text', level: 'INFO' },
    allowsCallback: false,
    clockOffsetMs: () => 0,
    onLog: () => {},
  });
  const { kind } = await environment.init(10_000);
  const common = { kind: 'invoke', invokedFunctionArn: '', deadline: Date.now() + 10_000, traceHeader: '' } as const;
  const outcome = await environment.run({ ...common, requestId: 'first', payload: '{"lamp":1}' }, 10_000);
  await environment.run({ ...common, requestId: 'second', payload: '{"lamp":1}' }, 10_000);
  const memoryMb = environment.peakMemoryMb();
  await environment.stop();
  return { kind, outcome, memoryMb };
}
