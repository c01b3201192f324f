import type { OtaGuest } from './ota-records.ts';
import { present, textOf } from './read-values.ts';
import type { Guest } from './reservation-message.ts';

interface RawLoyalty {
  readonly program: string | undefined;
  readonly number: string | undefined;
}

const IS_TRUE = /^(1|true)$/i;

/**
 * The guests of a reservation, without profiles that say nothing of a person, such as companies. One is primary: the one
 * that is marked, else the first. Memberships of the reservation are the primary guest's.
 */
export function toGuests(guests: readonly OtaGuest[], memberships: readonly RawLoyalty[]): Guest[] {
  const marked = guests.map((guest) => ({ isMarked: IS_TRUE.test(guest.isPrimary ?? ''), guest: toGuest(guest) }));
  const known = marked.filter(({ guest }) => isKnown(guest));
  const primary = Math.max(
    0,
    known.findIndex(({ isMarked }) => isMarked),
  );
  return known.map(({ guest }, index) => {
    if (index !== primary) return guest;
    return { ...guest, isPrimary: true, loyalty: distinct([...guest.loyalty, ...toLoyalty(memberships)]) };
  });
}

function toGuest(guest: OtaGuest): Guest {
  return present({
    isPrimary: false,
    title: textOf(guest.title),
    givenName: textOf(guest.givenName),
    middleName: textOf(guest.middleName),
    surname: textOf(guest.surname),
    email: textOf(guest.email),
    phones: distinct(guest.phones.map(toPhone).filter((phone) => phone !== undefined)),
    address: toAddress(guest.addresses),
    loyalty: toLoyalty(guest.loyalty),
  });
}

const isKnown = ({ givenName, surname, email, phones }: Guest): boolean =>
  givenName !== undefined || surname !== undefined || email !== undefined || phones.length > 0;

function toPhone({ country, area, number }: OtaGuest['phones'][number]): string | undefined {
  const parts = [country, area, number].map(textOf);
  if (parts[2] === undefined) return undefined;
  const prefix = parts[0] === undefined || parts[0].startsWith('+') ? parts[0] : `+${parts[0]}`;
  return [prefix, parts[1], parts[2]].filter((part) => part !== undefined).join(' ');
}

/** The first address that says anything. */
function toAddress(addresses: OtaGuest['addresses']): Guest['address'] {
  for (const { lines, city, postalCode, state, country } of addresses) {
    const address = present({
      lines: lines.map(textOf).filter((line) => line !== undefined),
      city: textOf(city),
      postalCode: textOf(postalCode),
      state: textOf(state),
      country: textOf(country),
    });
    if (address.lines.length > 0 || Object.keys(address).length > 1) return address;
  }
  return undefined;
}

function toLoyalty(memberships: readonly RawLoyalty[]): Guest['loyalty'] {
  return memberships.flatMap(({ program, number }) => {
    const known = textOf(number);
    return known === undefined ? [] : [present({ program: textOf(program), number: known })];
  });
}

function distinct<T>(values: readonly T[]): T[] {
  const seen = new Set<string>();
  return values.filter((value) => {
    const key = JSON.stringify(value);
    return !seen.has(key) && seen.add(key);
  });
}
