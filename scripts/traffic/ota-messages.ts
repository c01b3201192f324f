import type { GeneratedBooking } from './bookings.ts';

/** What a channel says of a booking. */
export interface OtaMessage {
  readonly kind: 'create' | 'modify' | 'cancel';
  readonly confirmation: string;
  readonly booking: GeneratedBooking;
  /** When the channel wrote it. */
  readonly atMs: number;
  /** Rises with each message of the confirmation. */
  readonly sequence: number;
}

const STATUS = { create: 'Commit', modify: 'Modify', cancel: 'Cancel' } as const;

/** An OTA_HotelResNotifRQ in a SOAP 1.1 envelope, as channels push them. */
export function otaMessage({ kind, confirmation, booking, atMs, sequence }: OtaMessage): string {
  const at = new Date(atMs).toISOString();
  const ids = `<UniqueID Type="14" ID="${confirmation}"/>`;
  const isCancelled = kind === 'cancel';
  return [
    '<soap:Envelope xmlns:soap="http://schemas.xmlsoap.org/soap/envelope/"><soap:Body>',
    `<OTA_HotelResNotifRQ xmlns="http://www.opentravel.org/OTA/2003/05" EchoToken="${confirmation}-${sequence}" TimeStamp="${at}" SequenceNmbr="${sequence}" ResStatus="${STATUS[kind]}" Version="1.000">`,
    `<POS><Source><BookingChannel Type="2" Primary="true"><CompanyName>Traffic</CompanyName></BookingChannel></Source></POS>`,
    `<HotelReservations><HotelReservation CreateDateTime="${at}" LastModifyDateTime="${at}" ResStatus="${STATUS[kind]}">${ids}`,
    isCancelled ? property(booking) : `${roomStays(booking)}${guests(booking)}`,
    '</HotelReservation></HotelReservations></OTA_HotelResNotifRQ></soap:Body></soap:Envelope>',
  ].join('');
}

const property = (booking: GeneratedBooking): string =>
  `<RoomStays><RoomStay><BasicPropertyInfo HotelCode="${booking.property}"/></RoomStay></RoomStays>`;

function roomStays(booking: GeneratedBooking): string {
  const { roomType, ratePlan, arrival, departure, adults, children, amount, wish, cardNumber } = booking;
  return [
    '<RoomStays><RoomStay>',
    `<RoomTypes><RoomType RoomTypeCode="${roomType}" NumberOfUnits="1"/></RoomTypes>`,
    `<RatePlans><RatePlan RatePlanCode="${ratePlan}"/></RatePlans>`,
    `<GuestCounts IsPerRoom="true"><GuestCount AgeQualifyingCode="10" Count="${adults}"/>`,
    children > 0 ? `<GuestCount AgeQualifyingCode="8" Count="${children}"/>` : '',
    `</GuestCounts><TimeSpan Start="${arrival}" End="${departure}"/>`,
    `<Guarantee><GuaranteesAccepted><GuaranteeAccepted><PaymentCard CardType="1" CardCode="VI" CardNumber="${cardNumber}" ExpireDate="1228"/></GuaranteeAccepted></GuaranteesAccepted></Guarantee>`,
    `<Total AmountAfterTax="${amount}" CurrencyCode="USD"/>`,
    `<BasicPropertyInfo HotelCode="${booking.property}"/>`,
    wish === undefined
      ? ''
      : `<SpecialRequests><SpecialRequest><Text>${wish}</Text></SpecialRequest></SpecialRequests>`,
    '</RoomStay></RoomStays>',
  ].join('');
}

function guests({ guest }: GeneratedBooking): string {
  const { givenName, surname, email, phone, loyaltyNumber } = guest;
  return [
    '<ResGuests><ResGuest ResGuestRPH="1" PrimaryIndicator="true"><Profiles><ProfileInfo><Profile ProfileType="1"><Customer>',
    `<PersonName><GivenName>${givenName}</GivenName><Surname>${surname}</Surname></PersonName>`,
    `<Telephone PhoneNumber="${phone}"/><Email>${email}</Email>`,
    loyaltyNumber === undefined ? '' : `<CustLoyalty ProgramID="LM" MembershipID="${loyaltyNumber}"/>`,
    '</Customer></Profile></ProfileInfo></Profiles></ResGuest></ResGuests>',
  ].join('');
}
