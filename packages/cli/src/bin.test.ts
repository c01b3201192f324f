import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { expect, test } from '@jest/globals';

test('a reader that goes away, as head does, ends the command without a trace', async () => {
  const command = spawn(process.execPath, [fileURLToPath(import.meta.resolve('./bin.ts')), '--help']);
  let errors = '';
  command.stderr.setEncoding('utf8').on('data', (text: string) => {
    errors += text;
  });
  command.stdout.destroy();
  await once(command, 'close');

  expect(errors).toBe('');
});
