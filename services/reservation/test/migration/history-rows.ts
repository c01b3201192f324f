import type { HistoryField } from '../../src/domain/migration/history-format.ts';
import type { RejectionCode } from '../../src/domain/migration/rejection.ts';

/** Texts of a row by field. */
export type Columns = Readonly<Partial<Record<HistoryField, string>>> & {
  readonly confirmation: string;
  readonly changedAt: string;
  readonly status: string;
  readonly afterTax: string;
};

const SURNAMES = [
  'Müller',
  'García',
  "O'Neill",
  'Nguyễn',
  'Smith',
  'Kowalski',
  'Sørensen',
  'Okafor',
  'Tanaka',
  'de la Cruz',
];
const GIVEN_NAMES = ['Anna', 'José', 'Linh', 'Peter', 'Chidi', 'Yuki', 'Åsa', 'Maria', 'Tom', 'Zoë'];
const CURRENCIES = ['USD', 'EUR', 'GBP', 'JPY'];
const REMARKS = [
  '',
  '',
  '',
  'Late arrival, "quiet" room',
  'Card 4111 1111 1111 1111 given at the desk',
  'Crib; two feather pillows',
];
const FIRST_ARRIVAL_MS = Date.UTC(2016, 0, 1);
const DAY_MS = 86_400_000;
const ARRIVAL_DAYS = 3_650;
const PROPERTIES = 7_500;
/** Guests come back: so many for each reservation. */
const GUESTS_PER_RESERVATION = 0.6;

const day = (ms: number): string => new Date(ms).toISOString().slice(0, 10);

/** A reservation's first version. */
export function rowTexts(number: number, reservations: number, random: () => number): Columns {
  const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)]!;
  const arrivalMs = FIRST_ARRIVAL_MS + Math.floor(random() * ARRIVAL_DAYS) * DAY_MS;
  const guest = Math.floor(random() * reservations * GUESTS_PER_RESERVATION);
  return {
    confirmation: `W${String(number).padStart(9, '0')}`,
    changedAt: new Date(arrivalMs - Math.floor(random() * 90 * DAY_MS)).toISOString(),
    sequence: '1',
    status: 'RESERVED',
    hotelCode: `H${String(Math.floor(random() * PROPERTIES)).padStart(4, '0')}`,
    chainCode: 'LL',
    arrival: day(arrivalMs),
    departure: day(arrivalMs + (1 + Math.floor(random() * 9)) * DAY_MS),
    roomType: pick(['KNG', 'DBL', 'STE']),
    ratePlan: pick(['BAR', 'CORP', 'AAA']),
    rooms: '1',
    adults: String(1 + Math.floor(random() * 3)),
    children: String(Math.floor(random() * 2)),
    afterTax: (random() * 2_000 + 50).toFixed(2),
    currency: pick(CURRENCIES),
    givenName: pick(GIVEN_NAMES),
    surname: pick(SURNAMES),
    email: `guest${guest}@example.com`,
    phone: `+1 555 ${String(guest).padStart(7, '0')}`,
    country: pick(['US', 'DE', 'JP', 'VN']),
    loyaltyNumber: guest % 3 === 0 ? `LL${guest}` : '',
    cardNumber: random() < 0.4 ? `XXXXXXXXXXXX${1000 + Math.floor(random() * 9_000)}` : '',
    comments: pick(REMARKS),
    sourceChannel: pick(['WEB', 'GDS', 'DESK']),
  };
}

interface Breakage {
  readonly code: RejectionCode;
  readonly breaks: (columns: Columns, lineOf: (columns: Columns) => string) => string;
}

const change = (code: RejectionCode, more: Partial<Columns>): Breakage => ({
  code,
  breaks: (columns, lineOf) => lineOf({ ...columns, ...more }),
});

const IN_ANY: readonly Breakage[] = [
  change('MISSING_VALUE', { confirmation: '' }),
  change('MISSING_VALUE', { hotelCode: ' ' }),
  change('NOT_A_DAY', { arrival: '2021-02-30' }),
  change('NOT_A_TIME', { changedAt: 'yesterday' }),
  change('NOT_AN_AMOUNT', { afterTax: '12,50 EUR' }),
  change('NOT_A_NUMBER', { adults: 'two' }),
  change('NOT_A_CURRENCY', { currency: 'Euro' }),
  change('UNKNOWN_STATUS', { status: 'WAITLIST?' }),
  change('DEPARTURE_BEFORE_ARRIVAL', { departure: '1999-01-01' }),
  change('VALUE_TOO_LONG', { comments: 'x'.repeat(2_001) }),
  change('LINE_TOO_LONG', { comments: 'x'.repeat(40_000) }),
];

/** Ways in which rows are broken, and what each must be rejected for. */
export const BREAKAGES: Readonly<Record<'csv' | 'jsonl', readonly Breakage[]>> = {
  csv: [
    ...IN_ANY,
    { code: 'UNBALANCED_QUOTES', breaks: (columns, lineOf) => `"${lineOf({ ...columns, comments: '' })}` },
    { code: 'WRONG_COLUMN_COUNT', breaks: (columns, lineOf) => `${lineOf(columns)},extra` },
  ],
  jsonl: [...IN_ANY, { code: 'NOT_JSON', breaks: (columns, lineOf) => lineOf(columns).slice(0, -5) }],
};
