import { readFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';

const styles = ['base', 'charts'].map((name) => readFileSync(new URL(`./${name}.css`, import.meta.url), 'utf8')).join();

/** A variable's colour in light and in dark. */
function colorsOf(name: string): { readonly light: string; readonly dark: string } {
  const [, light, dark] = new RegExp(`${name}: light-dark\\((#\\w{6}), (#\\w{6})\\)`).exec(styles) ?? [];
  if (light === undefined || dark === undefined) throw new Error(`The style sheet has no ${name}.`);
  return { light, dark };
}

/** Relative luminance, 0 to 1: https://www.w3.org/TR/WCAG22/#dfn-relative-luminance */
function luminanceOf(color: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => {
    const part = Number.parseInt(color.slice(at, at + 2), 16) / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function contrast(a: string, b: string): number {
  const [least = 0, most = 0] = [luminanceOf(a), luminanceOf(b)].sort((x, y) => x - y);
  return (most + 0.05) / (least + 0.05);
}

test.each(['light', 'dark'] as const)(
  'in %s each step of the heat map stands 3:1 from an empty cell, and further from it than the one before',
  (scheme) => {
    const ground = colorsOf('--raised')[scheme];
    const ramp = [1, 2, 3, 4, 5, 6].map((step) => colorsOf(`--heat-${step}`)[scheme]);
    const contrasts = ramp.map((color) => contrast(color, ground));
    expect(Math.min(...contrasts)).toBeGreaterThanOrEqual(3);
    for (const [at, one] of contrasts.slice(1).entries()) expect(one / contrasts[at]!).toBeGreaterThan(1.2);
  },
);
