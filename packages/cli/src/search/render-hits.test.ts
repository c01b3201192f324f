import { expect, test } from '@jest/globals';
import type { SearchHit } from '@lamplighter/contracts';
import { coloured, plain } from '../terminal/paint.ts';
import { renderHits } from './render-hits.ts';

const REQUEST = '5a52c12f-9d3b-4b9f-9a35-0d4d4a1c7b01';
const AT = Date.UTC(2026, 0, 14, 3, 40, 12, 123);
const line = (text: string): SearchHit => ({
  ...{ kind: 'line', functionName: 'shop-pay', at: AT, requestId: REQUEST },
  detail: `2026-01-14T03:40:12.123Z\t${REQUEST}\tINFO\t${text}\n`,
});
const render = (hits: readonly SearchHit[], text: string, width = 140) =>
  renderHits(hits, { text, paint: plain, width, place: ' --stage prod' });

test('a line is told with its time, function and request, without what the runtime wrote before it, and how to go on', () => {
  expect(render([line('order 4700003 is being paid')], '4700003')).toBe(
    [
      `line  2026-01-14 03:40:12.123 UTC  shop-pay  ${REQUEST}`,
      '    INFO order 4700003 is being paid',
      '1 hit',
      `the story of a request: npx -y pnpm@10 lamplighter audit ${REQUEST} --stage prod`,
      '',
    ].join('\n'),
  );
});

test.each([60, 80, 140])('in %d columns no line is cut but the text, and what was found is in it', (width) => {
  const rows = render([line(`${'x'.repeat(200)} order 4700003 ${'y'.repeat(200)}`)], '4700003', width).split('\n');
  const [head, text] = [rows.slice(0, -4).join(' '), rows.at(-4) ?? ''];

  expect(rows.slice(0, -2).filter((row) => row.length > width)).toEqual([]);
  expect(head).toContain(REQUEST);
  expect(text).toContain('order 4700003');
  expect(text).toMatch(/^ {4}….*…$/);
});

test('where the columns themselves were looked for, they stay', () => {
  expect(render([line('paid')], '03:40:12.123Z')).toContain(`    2026-01-14T03:40:12.123Z ${REQUEST} INFO paid\n`);
});

test('hostile text is shown by its codes, on one line, and found as such', () => {
  const out = renderHits([line('paid \u001b[2J\u202egpj.exe\r\nforged  2026')], {
    ...{ text: '\u001b[2J', paint: coloured, width: 140, place: '' },
  });
  expect(out).toContain('    INFO paid \u001b[1m\\x1b[2J\u001b[22m\\u202egpj.exe forged 2026\n');
});

test('each kind says what it is, and the way on is that of a request before others', () => {
  const place = { accountId: '123456789012', region: 'us-east-1' };
  const hits: SearchHit[] = [
    { kind: 'finding', findingId: 'f-1', detail: 'shop-pay fails' },
    { kind: 'error', functionName: 'shop-pay', requestId: REQUEST, count: 12, detail: 'CardError: refused' },
    { kind: 'message', requestId: REQUEST, stream: 'orders', sequenceNumber: '49613', detail: 'shop-pay: error' },
    { kind: 'function', functionName: 'shop-pay', ...place, detail: '123456789012, us-east-1' },
    { kind: 'request', functionName: 'shop-pay', requestId: REQUEST, detail: 'error: refused' },
    { kind: 'line', functionName: 'shop-pay', at: AT, detail: 'swept' },
  ];
  const heads = render(hits, 'refused').split('\n');

  expect(heads.filter((row) => !row.startsWith('    '))).toEqual([
    'finding  f-1',
    `error  12 times  shop-pay  ${REQUEST}`,
    `message  orders  49613  ${REQUEST}`,
    'function  shop-pay  123456789012, us-east-1',
    `request  shop-pay  ${REQUEST}`,
    'line  2026-01-14 03:40:12.123 UTC  shop-pay  names no request',
    '6 hits',
    `the story of a request: npx -y pnpm@10 lamplighter audit ${REQUEST} --stage prod`,
    '',
  ]);
  expect(render(hits.slice(0, 1), 'pay')).toContain(
    'its evidence: npx -y pnpm@10 lamplighter explain f-1 --stage prod',
  );
  expect(render([hits[3]!, hits[5]!], 'pay')).toContain('lamplighter audit --function shop-pay --stage prod');
  expect(render(hits.slice(5), 'swept')).toContain('lamplighter audit --function shop-pay --stage prod');
});
