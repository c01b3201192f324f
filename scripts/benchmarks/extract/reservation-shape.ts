import type { DocumentShape } from '../../../packages/xml-extract/src/index.ts';

const MESSAGE = ['/Envelope/Body/OTA_HotelResNotifRQ', '/OTA_HotelResNotifRQ'];
const CUSTOMER = 'Profiles/ProfileInfo/Profile/Customer';

/** The thirty-two details that the benchmark takes of each message, in the message's order of elements. */
export const RESERVATION_SHAPE = {
  fields: { messageId: '/Envelope/Header/MessageID' },
  groups: {
    messages: {
      path: MESSAGE,
      fields: {
        echoToken: '@EchoToken',
        sentAt: '@TimeStamp',
        status: '@ResStatus',
        channel: 'POS/Source/BookingChannel/CompanyName',
      },
      groups: {
        reservations: {
          path: 'HotelReservations/HotelReservation',
          fields: { createdAt: '@CreateDateTime', modifiedAt: '@LastModifyDateTime', id: 'UniqueID/@ID' },
          groups: {
            stays: {
              path: 'RoomStays/RoomStay',
              fields: {
                roomType: 'RoomTypes/RoomType/@RoomTypeCode',
                ratePlan: 'RatePlans/RatePlan/@RatePlanCode',
                start: 'TimeSpan/@Start',
                end: 'TimeSpan/@End',
                total: 'Total/@AmountAfterTax',
                currency: 'Total/@CurrencyCode',
                hotel: 'BasicPropertyInfo/@HotelCode',
                chain: 'BasicPropertyInfo/@ChainCode',
                cardCode: 'Guarantee/GuaranteesAccepted/GuaranteeAccepted/PaymentCard/@CardCode',
              },
              lists: {
                guestCounts: 'GuestCounts/GuestCount/@Count',
                requests: 'SpecialRequests/SpecialRequest/Text',
                comments: 'Comments/Comment/Text',
              },
              groups: {
                rates: {
                  path: 'RoomRates/RoomRate/Rates/Rate',
                  fields: { date: '@EffectiveDate', amount: 'Base/@AmountBeforeTax' },
                },
              },
            },
            guests: {
              path: 'ResGuests/ResGuest',
              fields: {
                rph: '@ResGuestRPH',
                prefix: `${CUSTOMER}/PersonName/NamePrefix`,
                given: `${CUSTOMER}/PersonName/GivenName`,
                surname: `${CUSTOMER}/PersonName/Surname`,
                email: `${CUSTOMER}/Email`,
                phone: `${CUSTOMER}/Telephone/@PhoneNumber`,
                city: `${CUSTOMER}/Address/CityName`,
                country: `${CUSTOMER}/Address/CountryName/@Code`,
              },
            },
            ids: {
              path: 'ResGlobalInfo/HotelReservationIDs/HotelReservationID',
              fields: { type: '@ResID_Type', value: '@ResID_Value' },
            },
          },
        },
      },
    },
  },
} satisfies DocumentShape;
