import type { OtaRoomStay } from './ota-records.ts';
import { amountOf, countOf, currencyOf, dayAfter, dayOf, present, textOf, type ValueReader } from './read-values.ts';
import type { Money, RoomStay } from './reservation-message.ts';

interface RawMoney {
  readonly beforeTax: string | undefined;
  readonly afterTax: string | undefined;
  readonly currency: string | undefined;
}

/** The room stays of a reservation, in the message's order. */
export function toRoomStays(reader: ValueReader, stays: readonly OtaRoomStay[]): RoomStay[] {
  return stays.map((stay, index) => toRoomStay(reader, `roomStays[${index}]`, stay));
}

function toRoomStay(reader: ValueReader, name: string, stay: OtaRoomStay): RoomStay {
  const rates = stay.rates.map((each, index) => toRate(reader, `${name}.rates[${index}]`, each)).filter(saysAnything);
  // A stay without a time span is as long as its rates.
  const arrival = dayOf(reader, `${name}.arrival`, stay.start) ?? rates[0]?.from;
  const departure = dayOf(reader, `${name}.departure`, stay.end);
  return present({
    roomType: textOf(stay.roomType),
    ratePlan: textOf(stay.ratePlan) ?? textOf(stay.ratePlanId),
    units: countOf(reader, `${name}.units`, stay.units),
    arrival,
    departure: departure ?? dayAfter(reader, `${name}.departure`, arrival, stay.duration) ?? rates.at(-1)?.until,
    guestCounts: stay.guestCounts.map((each, index) => toGuestCount(reader, `${name}.guestCounts[${index}]`, each)),
    total: toMoney(reader, `${name}.total`, stay),
    rates,
  });
}

const saysAnything = (record: object): boolean => Object.keys(record).length > 0;

function toGuestCount(
  reader: ValueReader,
  name: string,
  { ageCode, age, count }: OtaRoomStay['guestCounts'][number],
): RoomStay['guestCounts'][number] {
  // A GuestCount without a count stands for one guest.
  const guests = textOf(count) === undefined ? 1 : (countOf(reader, `${name}.count`, count) ?? 0);
  return present({ ageCode: textOf(ageCode), age: countOf(reader, `${name}.age`, age), count: guests });
}

function toRate(reader: ValueReader, name: string, rate: OtaRoomStay['rates'][number]): RoomStay['rates'][number] {
  const from = dayOf(reader, `${name}.from`, rate.from);
  const until = dayOf(reader, `${name}.until`, rate.until);
  return present({
    from,
    until: until ?? dayAfter(reader, `${name}.until`, from, rate.duration),
    ...toMoney(reader, name, rateAmounts(rate)),
  });
}

/** The base amounts, else those of the rate's total: never some of one and some of the other. */
function rateAmounts(rate: OtaRoomStay['rates'][number]): RawMoney {
  if (textOf(rate.beforeTax) !== undefined || textOf(rate.afterTax) !== undefined) return rate;
  return {
    beforeTax: rate.totalBeforeTax,
    afterTax: rate.totalAfterTax,
    currency: rate.totalCurrency ?? rate.currency,
  };
}

/** Amounts and their currency; `undefined` where there is none of them. */
export function toMoney(reader: ValueReader, name: string, money: RawMoney): Money | undefined {
  const read = present({
    beforeTax: amountOf(reader, `${name}.beforeTax`, money.beforeTax),
    afterTax: amountOf(reader, `${name}.afterTax`, money.afterTax),
    currency: currencyOf(reader, `${name}.currency`, money.currency),
  });
  return Object.keys(read).length === 0 ? undefined : read;
}
