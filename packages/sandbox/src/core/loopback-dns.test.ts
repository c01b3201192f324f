import dns from 'node:dns';
import { promisify } from 'node:util';
import { expect, test } from '@jest/globals';
import { resolveLoopbackNames } from './loopback-dns.ts';

test('an address behind a host prefix resolves to itself until undone', async () => {
  const original = dns.lookup;
  const undo = resolveLoopbackNames();
  const lookup = promisify(dns.lookup);
  expect(await lookup('stream-127.0.0.1')).toBe('127.0.0.1');
  expect(await lookup('bucket.localhost', { all: true })).toEqual([{ address: '127.0.0.1', family: 4 }]);
  expect(await lookup('127.0.0.1.nip.example', {}).catch((error: NodeJS.ErrnoException) => error.code)).not.toBe(
    '127.0.0.1',
  );
  undo();
  expect(dns.lookup).toBe(original);
});
