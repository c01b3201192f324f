import { between, pick, type Random } from './seeded-random.ts';

/** A guest who does not exist. Addresses are of domains that RFC 2606 keeps for examples, phone numbers of a range kept for fiction. */
export interface GeneratedGuest {
  readonly givenName: string;
  readonly surname: string;
  readonly email: string;
  readonly phone: string;
  readonly loyaltyNumber?: string;
}

/** A stay that somebody books, before it has a form. */
export interface GeneratedBooking {
  readonly property: string;
  readonly arrival: string;
  readonly departure: string;
  readonly roomType: string;
  readonly ratePlan: string;
  readonly adults: number;
  readonly children: number;
  readonly guest: GeneratedGuest;
  readonly amount: string;
  readonly cardNumber: string;
  readonly wish?: string;
}

const GIVEN_NAMES = [
  'Ana',
  'Björn',
  'Chidi',
  'Daniela',
  'Eun-ji',
  'Farid',
  'Greta',
  'Hiroshi',
  'Inès',
  'Jonas',
  'Katarzyna',
  'Liam',
  'Mei',
  'Noor',
  'Olga',
  'Priya',
] as const;
const SURNAMES = [
  'Adeyemi',
  'Bauer',
  'Castellanos',
  'Dubois',
  'Eriksson',
  'Fischer',
  'García',
  'Haddad',
  'Ivanova',
  'Jensen',
  'Kowalski',
  'Lindqvist',
  'Müller',
  'Nakamura',
  'Okafor',
  'Petrov',
] as const;
const ROOM_TYPES = ['KNG', 'QN2', 'STE', 'ACC'] as const;
const RATE_PLANS = ['BAR', 'AAA', 'CORP', 'PKG'] as const;
const WISHES = ['Late arrival', 'High floor', 'Near the lift', 'Foam pillows', 'Baby cot'] as const;
/** Test numbers of payment providers; the last is declined. */
const CARDS = ['4111111111111111', '5555555555554444', '378282246310005', '4242424242424242'] as const;
const DECLINED_CARD = '4000000000000002';
const DECLINED_SHARE = 0.01;
const GUESTS = 50_000;
const DAY_MS = 86_400_000;

/** A booking as guests make them: mostly within a month, a night or two, by two people; guests come back. */
export function generateBooking(
  random: Random,
  { properties, nowMs }: { readonly properties: readonly string[]; readonly nowMs: number },
): GeneratedBooking {
  const daysAhead = Math.floor(random() ** 3 * 180) + 1;
  const nights = 1 + Math.floor(random() ** 2 * 6);
  const adults = pick(random, [1, 1, 2, 2, 2, 3]);
  return {
    property: pick(random, properties),
    arrival: dayOf(nowMs + daysAhead * DAY_MS),
    departure: dayOf(nowMs + (daysAhead + nights) * DAY_MS),
    roomType: pick(random, ROOM_TYPES),
    ratePlan: pick(random, RATE_PLANS),
    adults,
    children: pick(random, [0, 0, 0, 1, 2]),
    guest: generateGuest(random),
    amount: `${nights * between(random, 80, 420)}.${between(random, 10, 99)}`,
    cardNumber: random() < DECLINED_SHARE ? DECLINED_CARD : pick(random, CARDS),
    ...(random() < 0.3 ? { wish: pick(random, WISHES) } : {}),
  };
}

/** One of fifty thousand guests: the same number is always the same guest. */
function generateGuest(random: Random): GeneratedGuest {
  const number = Math.floor(random() ** 2 * GUESTS);
  const givenName = GIVEN_NAMES[number % GIVEN_NAMES.length]!;
  const surname = SURNAMES[Math.floor(number / GIVEN_NAMES.length) % SURNAMES.length]!;
  return {
    givenName,
    surname,
    email: `guest.${number}@example.com`,
    phone: `+1202555${String(100 + (number % 100)).padStart(4, '0')}`,
    ...(number % 3 === 0 ? { loyaltyNumber: `LM${String(number).padStart(8, '0')}` } : {}),
  };
}

export const dayOf = (epochMs: number): string => new Date(epochMs).toISOString().slice(0, 10);

/** The body that books by the API. */
export function bookingBody({ guest, wish, ...booking }: GeneratedBooking) {
  const { property, arrival, departure, roomType, ratePlan, adults, children, amount, cardNumber } = booking;
  return {
    property,
    arrival,
    departure,
    roomStays: [{ roomType, ratePlan, adults, children }],
    guests: [
      {
        isPrimary: true,
        givenName: guest.givenName,
        surname: guest.surname,
        email: guest.email,
        phones: [guest.phone],
        loyalty: guest.loyaltyNumber === undefined ? [] : [{ number: guest.loyaltyNumber }],
      },
    ],
    specialRequests: wish === undefined ? [] : [wish],
    payment: { card: { number: cardNumber, expires: '1228' }, amount, currency: 'USD' },
  };
}
