import { describe, expect, test } from '@jest/globals';
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

/** Relative luminance: https://www.w3.org/TR/WCAG22/#dfn-relative-luminance */
function luminance(hex: string): number {
  const [red, green, blue] = [1, 3, 5].map((at) => {
    const share = Number.parseInt(hex.slice(at, at + 2), 16) / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red! + 0.7152 * green! + 0.0722 * blue!;
}

function contrast(one: string, other: string): number {
  const [dark, light] = [luminance(one), luminance(other)].sort((a, b) => a - b);
  return (light! + 0.05) / (dark! + 0.05);
}

describe.each(['light', 'dark'])('in the %s', (scheme) => {
  const style = /<style>(.*?)<\/style>/s.exec(htmlPage('', ''))![1]!;
  const [light, dark] = style.split('prefers-color-scheme:dark');
  const colours = Object.fromEntries(
    [...(scheme === 'light' ? light! : dark!).matchAll(/--(\w+):(#[0-9a-f]{6})/g)].map(([, name, hex]) => [name, hex!]),
  );

  test('the ground and the text are painted, and so is every class', () => {
    expect(Object.keys(colours)).toEqual(['ground', 'text', 'critical', 'warning']);
    for (const name of Object.keys(colours)) expect(style).toContain(`:var(--${name})`);
    expect(style.replaceAll(/--\w+:#[0-9a-f]{6}/g, '')).not.toMatch(/#[0-9a-f]{3}/);
  });

  // https://www.w3.org/TR/WCAG22/#contrast-minimum, AA
  test.each(['text', 'critical', 'warning'])('%s can be read', (name) => {
    expect(contrast(colours[name]!, colours.ground!)).toBeGreaterThanOrEqual(4.5);
  });
});
