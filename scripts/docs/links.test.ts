import { expect, test } from '@jest/globals';
import { readDocuments, readInnerDocuments } from './markdown/documents.ts';
import { deadLinks, deadPaths } from './markdown/links.ts';

test('every link within the repository leads to a file, and to a heading that it has', () => {
  expect([...readDocuments(), ...readInnerDocuments()].flatMap(deadLinks)).toEqual([]);
});

test('every path of this repository that a document writes as code is there', () => {
  expect(readDocuments().flatMap(deadPaths)).toEqual([]);
  expect(deadPaths({ path: 'x.md', text: '`packages/cli` `services/nowhere` `scripts/bench`' })).toEqual([
    'x.md: services/nowhere',
  ]);
});

test('a file that is not there and a heading that is not there are told', () => {
  const text =
    '# Here\n[a](operations.md) [b](nowhere.md) [c](#here) [d](#there) [e](https://example.com/x) `[f](code.md)`';
  expect(deadLinks({ path: 'docs/owning-one-service.md', text: `${text} [g](operations.md#alarms)` })).toEqual([
    'docs/owning-one-service.md: nowhere.md',
    'docs/owning-one-service.md: #here',
    'docs/owning-one-service.md: #there',
  ]);
});
