import type { Guest } from '../messages/reservation-message.ts';
import type { LookupKind } from './classification.ts';

/** An identifier of a guest in the form that is hashed. */
export interface GuestIdentifier {
  readonly kind: LookupKind;
  readonly normalised: string;
}

/** Identifiers by which a guest can be found, the one that tells guests apart best first. */
export function identifiersOf(guest: Guest): readonly GuestIdentifier[] {
  const found = [
    identifier('email', guest.email),
    ...guest.loyalty.map(({ number }) => identifier('loyalty', number)),
    ...guest.phones.map((phone) => identifier('phone', phone)),
    identifier('name', [guest.surname, guest.givenName].filter((part) => part !== undefined).join(' ')),
  ].filter((one) => one !== undefined);
  return [...new Map(found.map((one) => [`${one.kind} ${one.normalised}`, one])).values()];
}

/** An identifier as people write it, normalised; undefined where nothing of it is left. */
export function identifier(kind: LookupKind, text: string | undefined): GuestIdentifier | undefined {
  const normalised = text === undefined ? '' : NORMALISE[kind](text);
  return normalised === '' ? undefined : { kind, normalised };
}

const NORMALISE: Readonly<Record<LookupKind, (text: string) => string>> = {
  email: (text) => text.normalize('NFKC').trim().toLowerCase(),
  // With or without country prefix is not guessed: 00 and + are the same, all else that is no digit is dressing.
  phone: (text) => text.replace(/\D/g, '').replace(/^0+/, ''),
  loyalty: (text) =>
    text
      .normalize('NFKC')
      .toUpperCase()
      .replace(/[^\p{L}\p{N}]/gu, ''),
  // Accents and case aside: Müller is MULLER, as old property systems write it.
  name: (text) =>
    text
      .normalize('NFKD')
      .replace(/\p{M}/gu, '')
      .toLowerCase()
      .replace(/[^\p{L}\p{N}]+/gu, ' ')
      .trim(),
};
