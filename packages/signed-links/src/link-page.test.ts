import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { escapeHtml, htmlPage, htmlResponse, messagePage } from './link-page.ts';

test('text of any origin stays text: no character of it means anything to a browser', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      const inside = escapeHtml(text).slice('<bdi>'.length, -'</bdi>'.length);
      expect(inside).not.toMatch(/[<>"']|&(?!#\d+;)/);
      expect(inside.replace(/&#(\d+);/g, (_, code) => String.fromCharCode(Number(code)))).toBe(text);
    }),
  );
});

test('a text cannot turn the direction of what stands around it', () => {
  expect(escapeHtml('\u202Etxt')).toBe('<bdi>\u202Etxt</bdi>');
});

test('a title of any text ends where the title ends', () => {
  const page = htmlPage('</title><script>alert(1)</script>', '<p>body</p>');

  expect(page).not.toContain('<script>');
  expect(page.match(/<\/title>/g)).toHaveLength(1);
  expect(page).toContain('<body><p>body</p></body>');
});

test('a message is the title and the page', () => {
  const page = messagePage('A & B');

  expect(page).toContain('<title>A &#38; B</title>');
  expect(page).toContain('<h1><bdi>A &#38; B</bdi></h1>');
});

test('an answer lets the browser load, frame, keep and pass on nothing', () => {
  const { statusCode, headers, body } = htmlResponse(410, '<p>gone</p>');

  expect([statusCode, body]).toEqual([410, '<p>gone</p>']);
  expect(headers['content-security-policy']).toMatch(/default-src 'none'.*frame-ancestors 'none'/);
  expect(headers).toMatchObject({
    'cache-control': 'no-store',
    'referrer-policy': 'no-referrer',
    'x-content-type-options': 'nosniff',
  });
});
