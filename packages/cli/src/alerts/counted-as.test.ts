import { expect, test } from '@jest/globals';
import { plain } from '../terminal/paint.ts';
import { type AlertsTopic, countedAs } from './counted-as.ts';
import { renderAlerts } from './render-alerts.ts';

test.each<[AlertsTopic, { readonly total?: number; readonly cursor?: string }, string]>([
  ['missed', {}, '0 alerts; not all were looked through\n'],
  ['missed', { total: 0 }, '0 alerts\n'],
  ['open', {}, 'the worst 0 alerts; there are more\n'],
  ['open', { total: 3 }, '0 of 3 alerts, the worst\n'],
  ['recent', { cursor: 'next' }, 'the newest 0 alerts; there are more\n'],
  ['recent', {}, '0 alerts\n'],
])('alerts that are %s, of an answer with %j, are counted as they were', (topic, counted, text) => {
  expect(renderAlerts([], plain, countedAs(topic, { kind: 'alerts', alerts: [], ...counted }))).toBe(text);
});
