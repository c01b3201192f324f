import type { DocumentShape } from '@lamplighter/xml-extract';
import { lastFourDigits, maskCardNumbers } from './mask-card-numbers.ts';

/** The messages that may carry reservations; all others are set aside by their name. */
const ROOTS = [
  'OTA_HotelResNotifRQ',
  'OTA_HotelResRQ',
  'OTA_HotelResModifyNotifRQ',
  'OTA_HotelResModifyRQ',
  'OTA_CancelRQ',
  'OTA_ResRetrieveRS',
  'OTA_HotelResRS',
].join('|');
const HOTEL = ['BasicPropertyInfo', 'HotelReference'];
const STAY = 'RoomStays/RoomStay';

const at = (elements: readonly string[], attribute: string): string[] =>
  elements.map((each) => `${each}/@${attribute}`);
const masked = (path: string | readonly string[]) => ({ path, read: maskCardNumbers });

const RATES = {
  path: ['RoomRates/RoomRate/Rates/Rate', 'RatePlans/RatePlan/Rates/Rate', 'RatePlans/RatePlan/Rate'],
  fields: {
    from: ['@EffectiveDate', 'TimeSpan/DateTimeSpan/@StartInstant'],
    until: ['@ExpireDate', 'TimeSpan/DateTimeSpan/@EndInstant'],
    duration: 'TimeSpan/DateTimeSpan/@Duration',
    beforeTax: ['Base/@AmountBeforeTax', 'Amount'],
    afterTax: 'Base/@AmountAfterTax',
    currency: ['Base/@CurrencyCode', 'Amount/@CurrencyCode'],
    totalBeforeTax: 'Total/@AmountBeforeTax',
    totalAfterTax: 'Total/@AmountAfterTax',
    totalCurrency: 'Total/@CurrencyCode',
  },
} as const;

const ROOM_STAY = {
  path: STAY,
  fields: {
    roomType: ['RoomTypes/RoomType/@RoomTypeCode', '@RoomTypeCode', 'RoomRates/RoomRate/@RoomTypeCode'],
    ratePlan: ['RatePlans/RatePlan/@RatePlanCode', 'RoomRates/RoomRate/@RatePlanCode'],
    ratePlanId: 'RatePlans/RatePlan/@RatePlanID',
    units: ['RoomRates/RoomRate/@NumberOfUnits', 'RoomTypes/RoomType/@NumberOfUnits', '@NumberOfRooms'],
    start: ['TimeSpan/@Start', 'TimeSpan/DateTimeSpan/@StartInstant'],
    end: ['TimeSpan/@End', 'TimeSpan/DateTimeSpan/@EndInstant'],
    duration: ['TimeSpan/@Duration', 'TimeSpan/DateTimeSpan/@Duration'],
    beforeTax: 'Total/@AmountBeforeTax',
    afterTax: 'Total/@AmountAfterTax',
    currency: 'Total/@CurrencyCode',
    hotelCode: at(HOTEL, 'HotelCode'),
    chainCode: at(HOTEL, 'ChainCode'),
    brandCode: at(HOTEL, 'BrandCode'),
    hotelName: at(HOTEL, 'HotelName'),
  },
  groups: {
    guestCounts: {
      path: 'GuestCounts/GuestCount',
      fields: { ageCode: '@AgeQualifyingCode', age: '@Age', count: '@Count' },
    },
    rates: RATES,
  },
} as const;

const GUEST = {
  path: ['ResGuests/ResGuest', 'ResProfiles/ResProfile', 'ResGlobalInfo/Profiles/ProfileInfo', 'GuestName'],
  fields: {
    isPrimary: '@PrimaryIndicator',
    title: '//PersonName/NamePrefix',
    givenName: ['//PersonName/GivenName', 'GivenName'],
    middleName: '//PersonName/MiddleName',
    surname: ['//PersonName/Surname', 'Surname'],
    email: '//Customer//Email',
  },
  groups: {
    phones: {
      path: ['//Customer//Telephone'],
      fields: { country: '@CountryAccessCode', area: '@AreaCityCode', number: '@PhoneNumber' },
    },
    addresses: {
      path: ['//Customer/Address', '//Customer/AddressInfo/Address', '//Customer/ContactPerson/Address'],
      fields: {
        city: 'CityName',
        postalCode: ['PostalCode', 'CityName/@PostalCode'],
        state: ['StateProv/@StateCode', 'StateProv'],
        country: ['CountryName/@Code', 'CountryName/@CountryCode', 'CountryName'],
      },
      lists: { lines: 'StreetNmbr|AddressLine' },
    },
    loyalty: {
      path: '//Customer/CustLoyalty',
      fields: { program: ['@ProgramID', '@ProgramCode'], number: ['@MembershipID', '@MembershipId'] },
    },
  },
} as const;

const UNIQUE_ID = {
  path: 'UniqueID|UniqueId',
  fields: {
    value: ['@ID', '@Id'],
    type: '@Type',
    source: '@ID_Context',
    company: 'CompanyName',
    travelSector: 'CompanyName/@TravelSector',
  },
} as const;

const HOTEL_RESERVATION_ID = {
  fields: {
    value: '@ResID_Value',
    type: '@ResID_Type',
    source: '@ResID_Source',
    context: '@ResID_SourceContext',
    date: '@ResID_Date',
  },
} as const;

const RESERVATION = {
  path: ['HotelReservations/HotelReservation', 'HotelResModifies/HotelResModify', 'ReservationsList/HotelReservation'],
  fields: {
    element: 'name()',
    status: '@ResStatus',
    createdAt: ['@CreateDateTime', '@OriginalBookingDate'],
    modifiedAt: ['@LastModifyDateTime', '@LastModifiedDateTime'],
    creator: ['@CreatorID', '@ReservationOriginatorCode'],
    hotelCode: ['@HotelCode', 'ResGlobalInfo/BasicPropertyInfo/@HotelCode'],
    chainCode: ['@ChainCode', 'ResGlobalInfo/BasicPropertyInfo/@ChainCode'],
    brandCode: ['@BrandCode', 'ResGlobalInfo/BasicPropertyInfo/@BrandCode'],
    hotelName: ['@HotelName', 'ResGlobalInfo/BasicPropertyInfo/@HotelName'],
    start: ['ResGlobalInfo/TimeSpan/@Start', 'ReservationTimeSpan/@Start'],
    end: ['ResGlobalInfo/TimeSpan/@End', 'ReservationTimeSpan/@End'],
    beforeTax: 'ResGlobalInfo/Total/@AmountBeforeTax',
    afterTax: 'ResGlobalInfo/Total/@AmountAfterTax',
    currency: 'ResGlobalInfo/Total/@CurrencyCode',
  },
  groups: {
    uniqueIds: UNIQUE_ID,
    hotelReservationIds: {
      ...HOTEL_RESERVATION_ID,
      path: ['ResGlobalInfo/HotelReservationIDs/HotelReservationID', 'HotelReservationIDs/HotelReservationID'],
    },
    roomStays: ROOM_STAY,
    guests: GUEST,
    cards: {
      path: '//PaymentCard|CreditCard',
      fields: {
        code: ['@CardCode', '@CreditCardCode', 'CardType/@Code'],
        number: { path: ['@CardNumber', 'CardNumber', 'CardNumber/PlainText'], read: lastFourDigits },
        expires: '@ExpireDate',
      },
    },
    memberships: { path: '//Memberships/Membership', fields: { program: '@ProgramCode', number: '@AccountID' } },
    specialRequests: {
      path: '//SpecialRequests/SpecialRequest',
      fields: { code: '@RequestCode', text: masked(['@RequestComments', 'Text', '.']) },
    },
    comments: {
      path: [`${STAY}/Comments/Comment`, 'ResGlobalInfo/Comments/Comment', 'ResComments/ResComment'],
      fields: { own: masked('.') },
      lists: { texts: masked('Text|Comment|ListItem') },
    },
  },
} as const;

/** Every path that a reservation message of OpenTravel (2001B to 2018) or HTNG is read by, in a SOAP envelope or bare. */
export const OTA_SHAPE = {
  fields: {
    root: '/*/name()',
    body: '/Envelope/Body/*/name()',
    messageId: ['/Envelope/Header/MessageID', '/Envelope/Header/Interface/PayloadInfo/@RequestId'],
    headerHotelCode: [
      '/Envelope/Header//PayloadReference/@SupplierHotelCode',
      '/Envelope/Header/From/ReferenceProperties/HotelCode',
      '/Envelope/Header/From/ReferenceParameters/HotelCode',
    ],
  },
  groups: {
    messages: {
      // Some gateways put an element of their own around the message.
      path: [`/${ROOTS}`, `/*/${ROOTS}`, `/Envelope/Body/${ROOTS}`, `/Envelope/Body/*/${ROOTS}`],
      fields: {
        root: 'name()',
        echoToken: '@EchoToken',
        sentAt: ['@TimeStamp', '@Timestamp'],
        sequence: '@SequenceNmbr',
        status: ['@ResStatus', '@ResStatusType', '@ResResponseType'],
        cancelType: '@CancelType',
        travelSector: '@TravelSector',
        hotelCode: [
          'HotelReservations/TPA_Extensions/@HotelCode',
          'HotelReservations/TPA_Extensions/HotelCode',
          'POS/Source/RequestorID/@HotelID',
        ],
        start: 'Verification/ReservationTimeSpan/@Start',
        end: 'Verification/ReservationTimeSpan/@End',
        givenName: 'Verification/PersonName/GivenName',
        surname: 'Verification/PersonName/Surname',
        email: 'Verification/Email',
        phone: 'Verification/TelephoneInfo/@PhoneNumber',
      },
      lists: { otherReservations: 'ReservationsList/*/name()' },
      groups: {
        sources: {
          path: 'POS/Source',
          fields: {
            requestor: 'RequestorID/@ID',
            airline: '@AirlineVendorID',
            channel: ['BookingChannel/CompanyName/@Code', 'BookingChannel/CompanyName'],
            channelName: 'BookingChannel/CompanyName',
          },
        },
        vendors: {
          path: 'Verification/Vendor',
          fields: { context: '@CodeContext', code: ['.', '@Code'], text: '.' },
        },
        uniqueIds: UNIQUE_ID,
        hotelReservationIds: { ...HOTEL_RESERVATION_ID, path: 'HotelReservationIDs/HotelReservationID' },
        reservations: RESERVATION,
      },
    },
  },
} as const satisfies DocumentShape;
