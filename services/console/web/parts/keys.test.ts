import { expect, test } from '@jest/globals';
import { isCommand, KEYS } from './keys.ts';

const pressed = { repeat: false, ctrlKey: false, metaKey: false, altKey: false };

test.each(KEYS.map(([key]) => key))('%s is a command when it is pressed', (key) => {
  expect(isCommand({ ...pressed, key })).toBe(true);
});

test('a held key answers one alert, not one after another; the list may be run through', () => {
  const held = KEYS.map(([key]) => key).filter((key) => isCommand({ ...pressed, repeat: true, key }));
  expect(held).toEqual(['j', 'k']);
});

test.each(['ctrlKey', 'metaKey', 'altKey'] as const)('with %s it is the browser’s', (modifier) => {
  expect(isCommand({ ...pressed, [modifier]: true, key: 'a' })).toBe(false);
});
