import { expect, test } from '@jest/globals';
import { buildPage } from './build-page.ts';

test('the page is one script: what it would import by itself costs one more round before anything is shown', async () => {
  const files = await buildPage({ kind: 'local' });
  const script = files.find(({ name }) => /^assets\/main-.*\.js$/.test(name))!;

  expect(Buffer.from(script.bytes).toString()).not.toMatch(/\b(from|import)\s*["']\.\//);
});
