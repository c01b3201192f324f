import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { type ChannelTrouble, FakeChannels } from '@lamplighter/sandbox/fake-channels';
import { signal } from '../../../test/signals.ts';
import { testPolicy } from '../../../test/test-policy.ts';
import { openAlert } from '../../domain/open-alert.ts';
import { firstDelivery } from '../../domain/plan-deliveries.ts';
import { withNotice } from '../../domain/with-notice.ts';
import { slackApi } from './slack-api.ts';
import { slackChannel } from './slack-channel.ts';

const NOW = Date.UTC(2026, 0, 15, 12);
let fakes: FakeChannels;
beforeAll(async () => {
  fakes = await FakeChannels.start({ now: () => NOW });
});
afterAll(() => fakes?.stop());

/** A first attempt that meets a trouble, and the next one, which knows of it what the first had to say. */
async function twoAttempts(id: string, trouble: ChannelTrouble) {
  const send = slackChannel(slackApi(`${fakes.url}/slack`, 'token'), async (recipient) => recipient);
  const alert = openAlert(signal(id), id, testPolicy(fakes.url), NOW);
  const delivery = firstDelivery(alert, { channel: 'ops', recipient: id, step: 0 }, NOW);
  fakes.trouble = () => trouble;
  const first = await send({ alert, delivery });
  fakes.trouble = () => undefined;
  const isUnsure = first.kind === 'later' && first.isUnsure === true;
  const second = await send({ alert, delivery, ...(isUnsure && { unsure: { since: NOW, until: NOW } }) });
  return { first, second, posts: fakes.slack.roots(id).length };
}

test.each<[string, ChannelTrouble]>([
  ['fatal_error', { status: 200, body: { ok: false, error: 'fatal_error' }, isTaken: true }],
  ['internal_error', { status: 200, body: { ok: false, error: 'internal_error' }, isTaken: true }],
  ['service_unavailable', { status: 200, body: { ok: false, error: 'service_unavailable' }, isTaken: true }],
  ['an answer that cannot be read', { status: 200, body: ['?'], isTaken: true }],
  ['a time-out on the way', { status: 408, isTaken: true }],
])('%s leaves open whether the message was posted, and it is not posted twice', async (name, trouble) => {
  const { first, second, posts } = await twoAttempts(`C-${name}`, trouble);

  expect(first).toMatchObject({ kind: 'later', isUnsure: true });
  expect(second).toMatchObject({ kind: 'sent' });
  expect(posts).toBe(1);
});

test.each<[string, ChannelTrouble]>([
  ['ratelimited', { status: 200, body: { ok: false, error: 'ratelimited' } }],
  ['request_timeout', { status: 200, body: { ok: false, error: 'request_timeout' } }],
])('%s says that nothing was posted', async (name, trouble) => {
  const { first, posts } = await twoAttempts(`C-${name}`, trouble);

  expect(first).toMatchObject({ kind: 'later' });
  expect(first).not.toHaveProperty('isUnsure');
  expect(posts).toBe(1);
});

type Gone = 'deleted' | 'edit_window_closed' | 'cant_update_message';

/** An alert that was told, whose message somebody then deleted or Slack does not let be changed; and attempts to tell its news, each with its trouble. */
async function newsAfter(gone: Gone, posting: readonly ChannelTrouble[]) {
  const id = `C-${gone}-${posting.join()}`;
  const send = slackChannel(slackApi(`${fakes.url}/slack`, 'token'), async (recipient) => recipient);
  const alert = openAlert(signal(id), id, testPolicy(fakes.url), NOW);
  const delivery = firstDelivery(alert, { channel: 'ops', recipient: id, step: 0 }, NOW);
  const first = await send({ alert, delivery });
  const receipt = first.kind === 'sent' ? first.receipt! : '';
  const ts = receipt.split(':')[1]!;
  if (gone === 'deleted') fakes.slack.remove(id, ts);
  const message = {
    alert: withNotice(alert, 'escalated', NOW),
    delivery: { ...delivery, receipt, sent: 0, wanted: 1 },
  };
  let outcome = first;
  for (const trouble of posting) {
    fakes.trouble = ({ method, body }) => {
      if (method === 'chat.update' && body.ts === ts && gone !== 'deleted')
        return { status: 200, body: { ok: false, error: gone } };
      return method === 'chat.postMessage' ? trouble : undefined;
    };
    const isUnsure = outcome.kind === 'later' && outcome.isUnsure === true;
    outcome = await send({ ...message, ...(isUnsure && { unsure: { since: NOW, until: NOW } }) });
  }
  fakes.trouble = () => undefined;
  const anew = fakes.slack.roots(id).filter((post) => post.ts !== ts);
  return { outcome, anew, place: `${id}:${anew[0]?.ts}` };
}

const EACH_GONE: readonly Gone[] = ['deleted', 'edit_window_closed', 'cant_update_message'];

test.each(EACH_GONE)('an alert whose message is gone (%s) is told anew, in a message of its own', async (gone) => {
  const { outcome, anew, place } = await newsAfter(gone, [undefined]);

  expect(outcome).toEqual({ kind: 'sent', receipt: place });
  expect(anew).toHaveLength(1);
});

test.each(EACH_GONE)('is told anew once (%s), though the answer to that got lost', async (gone) => {
  const { outcome, anew, place } = await newsAfter(gone, ['hang-up', undefined]);

  expect(outcome).toEqual({ kind: 'sent', receipt: place });
  expect(anew).toHaveLength(1);
});

test.each(EACH_GONE)('is told anew (%s), though an attempt before may have done so and had not', async (gone) => {
  const { outcome, anew, place } = await newsAfter(gone, ['hang-up-before', undefined]);

  expect(outcome).toEqual({ kind: 'sent', receipt: place });
  expect(anew).toHaveLength(1);
});

test.each([
  [{ ok: false, error: 'missing_scope', needed: 'im:write' }, 'Slack: missing_scope (it needs the scope im:write)'],
  [{ ok: false, error: 'not_in_channel' }, 'Slack: not_in_channel (invite the app to the conversation)'],
  [
    {
      ok: false,
      error: 'invalid_blocks',
      response_metadata: { messages: ['[ERROR] too long [json-pointer:/blocks/1]'] },
    },
    'Slack: invalid_blocks ([ERROR] too long [json-pointer:/blocks/1])',
  ],
])('a refusal says what to do about it', async (body, reason) => {
  fakes.trouble = () => ({ status: 200, body });

  expect(await slackApi(`${fakes.url}/slack`, 'token')('chat.postMessage', {})).toEqual({ kind: 'never', reason });
});

test('nothing that a text points to is fetched, in a message or in its thread', async () => {
  fakes.trouble = () => undefined;
  const told: Readonly<Record<string, unknown>>[] = [];
  const api = slackApi(`${fakes.url}/slack`, 'token');
  const send = slackChannel(
    (method, parameters) => {
      if (method === 'chat.postMessage') told.push(parameters);
      return api(method, parameters);
    },
    async (recipient) => recipient,
  );
  const alert = openAlert(signal('pictures'), 'pictures', testPolicy(fakes.url), NOW);
  const delivery = firstDelivery(alert, { channel: 'ops', recipient: 'C-pictures', step: 0 }, NOW);
  const first = await send({ alert, delivery });
  const receipt = first.kind === 'sent' ? first.receipt : undefined;
  await send({ alert: withNotice(alert, 'escalated', NOW), delivery: { ...delivery, sent: 0, receipt: receipt! } });

  expect(told).toHaveLength(2);
  for (const parameters of told) expect(parameters).toMatchObject({ unfurl_links: false, unfurl_media: false });
});
