import { expect, test } from '@jest/globals';
import { InputError } from '../input-error.ts';
import { recordedTerminal } from '../testing/recorded-terminal.ts';
import { TIMEOUT_STORY } from '../testing/timeout-story.ts';
import { askAround } from './ask-around.ts';
import type { AuditSource } from './source/audit-source.ts';

const sourceThat = (around: AuditSource['around']): AuditSource => ({
  name: 'here',
  ask: async () => ({ kind: 'not-found', nearest: [] }),
  ...(around && { around }),
});

test.each([
  new InputError('usage', 'You may not invoke query-findings.', 'Ask for it.'),
  new Error('query-findings failed'),
])('a service that may not be asked, or fails, is told in a line: %s', async (error) => {
  const terminal = recordedTerminal();
  const source = sourceThat(() => Promise.reject(error));

  expect(await askAround(source, TIMEOUT_STORY.invocation, terminal)).toBeUndefined();
  expect(terminal.written.err).toBe(`What was found around the request is not known: ${error.message}\n`);
});

test('a source that knows the audit alone is asked nothing, and nothing is said', async () => {
  const terminal = recordedTerminal();

  expect(await askAround(sourceThat(undefined), TIMEOUT_STORY.invocation, terminal)).toBeUndefined();
  expect(terminal.written.err).toBe('');
});
