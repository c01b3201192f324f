import { expect, test } from '@jest/globals';
import { compareWithSaxes } from './differential.ts';

test('20,000 mutated documents are accepted, refused and extracted as with saxes', () => {
  const { accepted, refused, differences } = compareWithSaxes(20_000, 20_261_121);

  expect(differences).toEqual([]);
  expect(accepted).toBeGreaterThan(4_000);
  expect(refused).toBeGreaterThan(4_000);
});
