import { expect, test } from '@jest/globals';
import { processTerminal } from './process-terminal.ts';

test('a window that is made narrower is narrower at once', () => {
  const before = Object.getOwnPropertyDescriptor(process.stdout, 'columns');
  const terminal = processTerminal();
  try {
    for (const columns of [120, 60]) {
      Object.defineProperty(process.stdout, 'columns', { value: columns, configurable: true });
      expect(terminal.columns).toBe(columns);
    }
  } finally {
    if (before === undefined) Reflect.deleteProperty(process.stdout, 'columns');
    else Object.defineProperty(process.stdout, 'columns', before);
  }
});
