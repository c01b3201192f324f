import { expect, test } from '@jest/globals';
import { stripExportPrefix } from './index.ts';

const STREAM = '2021/07/28/[$LATEST]6385a4c95a9546b0a4fb4487ca7ac607';
const ID = '7c9567b5-107b-4a6c-8798-0157ac21db52';

test.each<[string, object]>([
  [
    `${STREAM} 2021-07-28T14:51:53.214000 START RequestId: x Version: 1`,
    { message: 'START RequestId: x Version: 1', timestamp: Date.UTC(2021, 6, 28, 14, 51, 53, 214), logStream: STREAM },
  ],
  [
    `/aws/lambda/fn ${STREAM} 2021-07-28T14:51:53Z hello`,
    { message: 'hello', timestamp: Date.UTC(2021, 6, 28, 14, 51, 53), logStream: STREAM },
  ],
  [
    `2021-07-28T14:51:53.214000+00:00 ${STREAM} END RequestId: x`,
    { message: 'END RequestId: x', timestamp: Date.UTC(2021, 6, 28, 14, 51, 53, 214), logStream: STREAM },
  ],
  [`${STREAM}\thello`, { message: 'hello', logStream: STREAM }],
  [
    `2021/07/28/fn[72]6385a4c95a9546b0a4fb4487ca7ac607 hello`,
    { message: 'hello', logStream: '2021/07/28/fn[72]6385a4c95a9546b0a4fb4487ca7ac607' },
  ],
  [
    '2023-12-15T13:28:12.634+08:00\tINIT_START Runtime Version: x',
    { message: 'INIT_START Runtime Version: x', timestamp: Date.UTC(2023, 11, 15, 5, 28, 12, 634) },
  ],
  [
    '2023-12-15T13:28:12,634Z REPORT RequestId: x',
    { message: 'REPORT RequestId: x', timestamp: Date.UTC(2023, 11, 15, 13, 28, 12, 634) },
  ],
  [
    '| 1604391983376 | REPORT RequestId: x\tDuration: 1 ms |',
    { message: 'REPORT RequestId: x\tDuration: 1 ms', timestamp: 1604391983376 },
  ],
  ['- `00:32:08` START RequestId: x Version: 1', { message: 'START RequestId: x Version: 1' }],
  [`2020-06-09T15:02:26.150Z\t${ID}\tINFO\thello`, { message: `2020-06-09T15:02:26.150Z\t${ID}\tINFO\thello` }],
  [
    `2020-06-09T15:02:26.150Z ${ID} Task timed out after 3.00 seconds`,
    { message: `2020-06-09T15:02:26.150Z ${ID} Task timed out after 3.00 seconds` },
  ],
  [
    '2020-06-09T15:02:26.150Z\tundefined\tINFO\tLoading',
    { message: '2020-06-09T15:02:26.150Z\tundefined\tINFO\tLoading' },
  ],
  [
    `2020-06-09T15:02:27Z 2020-06-09T15:02:26.150Z\t${ID}\tINFO\thello`,
    { message: `2020-06-09T15:02:26.150Z\t${ID}\tINFO\thello`, timestamp: Date.UTC(2020, 5, 9, 15, 2, 27) },
  ],
  ['START RequestId: x Version: 1', { message: 'START RequestId: x Version: 1' }],
  ['', { message: '' }],
  ['9999-99-99T99:99:99Z nonsense', { message: 'nonsense' }],
])('%j', (line, expected) => {
  expect(stripExportPrefix(line)).toEqual(expected);
});
