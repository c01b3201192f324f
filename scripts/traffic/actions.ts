import { createHash } from 'node:crypto';
import { type ApiResult, callApi } from './api-client.ts';
import { bookingBody, dayOf, generateBooking } from './bookings.ts';
import type { KnownBooking, KnownBookings } from './known-bookings.ts';
import { otaMessage } from './ota-messages.ts';
import { pick, type Random } from './seeded-random.ts';
import type { TrafficTarget } from './traffic-target.ts';

/** What traffic does, and how often of a hundred. */
export const ACTION_SHARES = {
  lookup: 62,
  revalidate: 8,
  arrivals: 6,
  guestSearch: 4,
  book: 10,
  modify: 4,
  cancel: 2,
  channelMessage: 4,
} as const;
export type ActionName = keyof typeof ACTION_SHARES;
export type ActionShares = Readonly<Partial<Record<ActionName, number>>>;

export interface ActionContext {
  readonly target: TrafficTarget;
  readonly known: KnownBookings;
  readonly random: Random;
  /** Tells runs apart: a rerun of a seed makes its own bookings, and is not given those of the run before. */
  readonly runId: string;
  readonly now: () => number;
  readonly signal: AbortSignal;
}

/** An action under way; `status` is HTTP's, 202 for a message that a stream took. */
export interface StartedAction {
  readonly name: ActionName;
  readonly done: Promise<{ readonly status: number }>;
}

/**
 * Draws an action and begins it. All that is random is drawn before the first wait, so that what is asked depends on the seed and the
 * bookings known by then. Without a booking to act on it books.
 */
export function startAction(shares: ActionShares, context: ActionContext): StartedAction {
  const { random, known, target } = context;
  const drawn = draw(shares, random);
  if (drawn === 'channelMessage' && target.sendMessage) return { name: drawn, done: sendChannelMessage(context) };
  if (drawn === 'arrivals') return { name: drawn, done: listArrivals(context) };
  const isChange = drawn === 'modify' || drawn === 'cancel';
  const booking = isChange ? known.idle(random) : known.any(random);
  if (drawn === 'book' || drawn === 'channelMessage' || booking === undefined)
    return { name: 'book', done: book(context) };
  return { name: drawn, done: EXISTING[drawn](booking, context) };
}

function draw(shares: ActionShares, random: Random): ActionName {
  const entries = Object.entries(shares) as [ActionName, number][];
  let rest = random() * entries.reduce((sum, [, share]) => sum + share, 0);
  for (const [name, share] of entries) {
    rest -= share;
    if (rest < 0) return name;
  }
  return 'lookup';
}

type Existing = (booking: KnownBooking, context: ActionContext) => Promise<ApiResult>;

const EXISTING: Readonly<Record<Exclude<ActionName, 'book' | 'arrivals' | 'channelMessage'>, Existing>> = {
  async lookup(booking, { target, signal }) {
    const result = await callApi(target, { method: 'GET', path: `/itineraries/${booking.confirmation}` }, signal);
    if (result.status === 200) booking.entityTag = result.entityTag;
    return result;
  },
  revalidate: ({ confirmation, entityTag = '"none"' }, { target, signal }) =>
    callApi(
      target,
      { method: 'GET', path: `/itineraries/${confirmation}`, headers: { 'if-none-match': entityTag } },
      signal,
    ),
  guestSearch: ({ booking }, { target, signal }) =>
    callApi(target, { method: 'POST', path: '/itineraries/searches', body: { email: booking.guest.email } }, signal),
  modify: (booking, context) => {
    const { adults, children, roomType, ratePlan } = booking.booking;
    const body = {
      roomStays: [{ roomType, ratePlan, adults: Math.min(20, adults + 1), children }],
      specialRequests: [pick(context.random, ['Quiet room', 'Late departure', 'Twin beds'])],
    };
    return change(booking, { method: 'PATCH', path: `/itineraries/${booking.confirmation}`, body }, context);
  },
  async cancel(booking, context) {
    const path = `/itineraries/${booking.confirmation}/cancellation`;
    const result = await change(booking, { method: 'POST', path }, context);
    if (result.status === 200) context.known.remove(booking);
    return result;
  },
};

/** A change with the entity tag that was read last; where there is none, it is read first, as an app would. */
async function change(
  booking: KnownBooking,
  call: { readonly method: 'PATCH' | 'POST'; readonly path: string; readonly body?: unknown },
  context: ActionContext,
): Promise<ApiResult> {
  const idempotencyKey = keyOf(context);
  booking.isChanging = true;
  try {
    if (booking.entityTag === undefined) await EXISTING.lookup(booking, context);
    const headers = { 'idempotency-key': idempotencyKey, 'if-match': booking.entityTag ?? '"none"' };
    const result = await callApi(context.target, { ...call, headers }, context.signal);
    booking.entityTag = result.entityTag;
    return result;
  } finally {
    booking.isChanging = false;
  }
}

async function book(context: ActionContext): Promise<ApiResult> {
  const { target, random, known, now, signal } = context;
  const booking = generateBooking(random, { properties: target.properties, nowMs: now() });
  const headers = { 'idempotency-key': keyOf(context) };
  const result = await callApi(
    target,
    { method: 'POST', path: '/itineraries', body: bookingBody(booking), headers },
    signal,
  );
  const { confirmation } = result.body;
  if (result.status === 201 && typeof confirmation === 'string') {
    known.add({ confirmation, booking, entityTag: result.entityTag, sequence: 0 });
  }
  return result;
}

const DAY_MS = 86_400_000;

function listArrivals({ target, random, now, signal }: ActionContext): Promise<ApiResult> {
  const arrival = dayOf(now() + Math.floor(random() ** 3 * 180 + 1) * DAY_MS);
  return callApi(
    target,
    { method: 'GET', path: `/properties/${pick(random, target.properties)}/itineraries?arrival=${arrival}` },
    signal,
  );
}

/** A channel books: what it sent is looked up later like any other, once it has arrived. */
async function sendChannelMessage(context: ActionContext): Promise<{ readonly status: number }> {
  const { target, random, now } = context;
  const booking = generateBooking(random, { properties: target.properties, nowMs: now() });
  const confirmation = `CH${keyOf(context).slice(0, 12).toUpperCase()}`;
  await target.sendMessage!({
    xml: otaMessage({ kind: 'create', confirmation, booking, atMs: now(), sequence: 1 }),
    confirmation,
  });
  return { status: 202 };
}

const KEY_HEX = 32;

/** 32 hex digits of the run's and the seed's. */
const keyOf = ({ random, runId }: ActionContext): string =>
  createHash('sha256').update(`${runId}/${random()}/${random()}`).digest('hex').slice(0, KEY_HEX);
