/** A guest who can be found by none of this, wherever one looks. */
export const PLANTED = {
  givenName: 'Zebulonia',
  surname: 'Quillfeather',
  email: 'zebulonia.quillfeather@planted.example',
  phone: '+43 660 7654321',
  card: '4111111111111111',
  /** Longer than any card's: five digits stand in random hexadecimal ids by chance, once in some hundred runs. */
  securityCode: '9876501234',
  loyalty: 'PLNT7788990',
  street: '77 Marmalade Crescent',
  comment: 'Allergic to persimmons',
  expires: '1131',
} as const;

export interface PlantedMessage {
  readonly confirmation: string;
  /** ISO 8601 with zone. */
  readonly changedAt: string;
  readonly status?: 'Commit' | 'Modify' | 'Cancel';
  readonly guest?: { readonly givenName: string; readonly surname: string; readonly email?: string };
  readonly companion?: { readonly givenName: string; readonly surname: string; readonly email: string };
  readonly arrival?: string;
  readonly property?: string;
}

/** A whole booking of the planted guest, as a channel sends it. */
export function plantedMessage(message: PlantedMessage): Buffer {
  const { confirmation, changedAt, status = 'Commit', companion, arrival = '2027-08-01', property = 'H-77' } = message;
  const departure = new Date(Date.parse(arrival) + 2 * 86_400_000).toISOString().slice(0, 10);
  const guest = message.guest ?? PLANTED;
  return Buffer.from(`<?xml version="1.0" encoding="UTF-8"?>
<OTA_HotelResNotifRQ xmlns="http://www.opentravel.org/OTA/2003/05" TimeStamp="${changedAt}" ResStatus="${status}">
  <HotelReservations><HotelReservation CreateDateTime="${changedAt}" LastModifyDateTime="${changedAt}">
    <UniqueID ID="${confirmation}" Type="14"/>
    <RoomStays><RoomStay>
      <RoomTypes><RoomType RoomTypeCode="DBL" NumberOfUnits="1"/></RoomTypes>
      <TimeSpan Start="${arrival}" End="${departure}"/>
      <Guarantee><GuaranteesAccepted><GuaranteeAccepted>
        <PaymentCard CardCode="VI" CardNumber="${PLANTED.card}" SeriesCode="${PLANTED.securityCode}" ExpireDate="${PLANTED.expires}"/>
      </GuaranteeAccepted></GuaranteesAccepted></Guarantee>
      <Total AmountAfterTax="312.40" CurrencyCode="EUR"/>
      <BasicPropertyInfo HotelCode="${property}"/>
      <Comments><Comment><Text>${PLANTED.comment}, card ${PLANTED.card}</Text></Comment></Comments>
    </RoomStay></RoomStays>
    <ResGuests>
      ${guestElement({ ...guest, email: guest.email ?? PLANTED.email, phone: PLANTED.phone, loyalty: PLANTED.loyalty, isPrimary: true })}
      ${companion === undefined ? '' : guestElement({ ...companion, isPrimary: false })}
    </ResGuests>
  </HotelReservation></HotelReservations>
</OTA_HotelResNotifRQ>`);
}

interface GuestElement {
  readonly givenName: string;
  readonly surname: string;
  readonly email: string;
  readonly phone?: string;
  readonly loyalty?: string;
  readonly isPrimary: boolean;
}

const guestElement = ({ givenName, surname, email, phone, loyalty, isPrimary }: GuestElement): string =>
  `<ResGuest PrimaryIndicator="${isPrimary ? 1 : 0}"><Profiles><ProfileInfo><Profile ProfileType="1"><Customer>
    <PersonName><GivenName>${givenName}</GivenName><Surname>${surname}</Surname></PersonName>
    ${phone === undefined ? '' : `<Telephone PhoneNumber="${phone}"/>`}
    <Email>${email}</Email>
    ${phone === undefined ? '' : `<Address><AddressLine>${PLANTED.street}</AddressLine><CityName>Wien</CityName><CountryName Code="AT"/></Address>`}
    ${loyalty === undefined ? '' : `<CustLoyalty MembershipID="${loyalty}" ProgramID="LAMP"/>`}
  </Customer></Profile></ProfileInfo></Profiles></ResGuest>`;
