import type { GeneratedBooking } from './bookings.ts';
import { pick, type Random } from './seeded-random.ts';

/** A booking that traffic made, and what is known of it. */
export interface KnownBooking {
  readonly confirmation: string;
  readonly booking: GeneratedBooking;
  entityTag?: string | undefined;
  /** Of channel messages sent. */
  sequence: number;
  /** One change at a time: guests do not race themselves. */
  isChanging: boolean;
}

/** More are forgotten, the oldest first: a long run must not grow. */
const MOST = 20_000;

/** Bookings that later traffic looks up, modifies and cancels. */
export class KnownBookings {
  readonly #all: KnownBooking[] = [];

  add(booking: Omit<KnownBooking, 'isChanging'>): void {
    if (this.#all.length >= MOST) this.#all.splice(0, MOST / 10);
    this.#all.push({ ...booking, isChanging: false });
  }

  remove(booking: KnownBooking): void {
    const index = this.#all.indexOf(booking);
    if (index >= 0) this.#all.splice(index, 1);
  }

  /** One of them, newer ones more often: people look at what they just booked. */
  any(random: Random): KnownBooking | undefined {
    const count = this.#all.length;
    return count === 0 ? undefined : this.#all[count - 1 - Math.floor(random() ** 2 * count)];
  }

  /** One that is not being changed. */
  idle(random: Random): KnownBooking | undefined {
    const idle = [this.any(random), this.any(random), this.any(random)].filter(
      (one) => one !== undefined && !one.isChanging,
    );
    return idle.length === 0 ? undefined : pick(random, idle);
  }

  get size(): number {
    return this.#all.length;
  }
}
