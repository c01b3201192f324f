import { gunzipSync } from 'node:zlib';
import { expect, test } from '@jest/globals';
import { toGateway } from './to-gateway.ts';

const long = JSON.stringify({ lines: Array.from({ length: 1_000 }, (_, at) => `order ${at} is being paid`) });
const answer = (body: string) => ({ status: 200, headers: { etag: '"e"' }, body });

test.each(['gzip', 'gzip, deflate, br', 'br;q=1.0, gzip;q=0.8', 'GZIP'])(
  'who accepts %j gets less',
  async (accepted) => {
    const { headers, body = '', isBase64Encoded } = await toGateway(answer(long), { 'accept-encoding': accepted });

    expect({ headers, isBase64Encoded }).toEqual({
      headers: { etag: '"e"', vary: 'accept-encoding', 'content-encoding': 'gzip' },
      isBase64Encoded: true,
    });
    expect(gunzipSync(Buffer.from(body, 'base64')).toString()).toBe(long);
    expect(body.length).toBeLessThan(long.length / 4);
  },
);

test.each([undefined, '', 'br', 'identity', 'gzip;q=0', 'gzip;q=0.0, br', 'xgzip'])(
  'who accepts %j gets it plain',
  async (accepted) => {
    expect(await toGateway(answer(long), { 'accept-encoding': accepted })).toEqual({
      statusCode: 200,
      headers: { etag: '"e"', vary: 'accept-encoding' },
      body: long,
    });
  },
);

test('what is short stays as it is', async () => {
  expect(await toGateway(answer('{}'), { 'accept-encoding': 'gzip' })).toMatchObject({ body: '{}' });
});

test('what a function cannot send plain is refused with the way out, and sent to who reads gzip', async () => {
  const huge = JSON.stringify('\u0001'.repeat(900_000));

  const plain = await toGateway(answer(huge), {});
  const compressed = await toGateway(answer(huge), { 'accept-encoding': 'gzip' });

  expect(plain).toMatchObject({ statusCode: 406, body: expect.stringContaining('Accept-Encoding: gzip') });
  expect(gunzipSync(Buffer.from(compressed.body ?? '', 'base64')).length).toBe(huge.length);
});
