/** A reservation notification of about 17 KB in a SOAP envelope, different for every seed. */
export function reservationXml(seed: number): string {
  const nights = Array.from({ length: 16 }, (_, night) => rate(seed, night)).join('');
  const guests = Array.from({ length: 4 }, (_, index) => guest(seed, index + 1)).join('');
  return `<?xml version="1.0" encoding="UTF-8"?>
<soap:Envelope xmlns:soap="http://schemas.xmlsoap.org/soap/envelope/" xmlns:wsa="http://www.w3.org/2005/08/addressing">
  <soap:Header>
    <wsa:MessageID>urn:uuid:${String(seed).padStart(12, '0')}</wsa:MessageID>
    <wsa:Action>http://htng.org/2011B/HTNG2011B_SubmitRequest</wsa:Action>
  </soap:Header>
  <soap:Body>
    <OTA_HotelResNotifRQ xmlns="http://www.opentravel.org/OTA/2003/05" Version="1.003" EchoToken="echo-${seed}" TimeStamp="2026-11-21T10:${two(seed % 60)}:00Z" ResStatus="Commit">
      <POS>
        <Source>
          <RequestorID Type="18" ID="Channel"/>
          <BookingChannel Type="2" Primary="true">
            <CompanyName Code="CHN">Channel &amp; Sons</CompanyName>
          </BookingChannel>
        </Source>
      </POS>
      <HotelReservations>
        <HotelReservation RoomStayReservation="true" CreateDateTime="2026-11-20T09:15:00Z" CreatorID="Channel" LastModifyDateTime="2026-11-21T10:00:00Z">
          <UniqueID Type="14" ID="R${seed}"/>
          <!-- one room, sixteen nights -->
          <RoomStays>
            <RoomStay IndexNumber="1" MarketCode="BAR">
              <RoomTypes>
                <RoomType RoomTypeCode="DLX${seed % 9}" NumberOfUnits="1"><RoomDescription><Text>Deluxe room with a view of the harbour</Text></RoomDescription></RoomType>
              </RoomTypes>
              <RatePlans>
                <RatePlan RatePlanCode="BAR14"><RatePlanDescription><Text>Best rate of the day, sixteen nights</Text></RatePlanDescription></RatePlan>
              </RatePlans>
              <RoomRates>
                <RoomRate RoomTypeCode="DLX${seed % 9}" NumberOfUnits="1" RatePlanCode="BAR14">
                  <Rates>${nights}
                  </Rates>
                </RoomRate>
              </RoomRates>
              <GuestCounts IsPerRoom="true">
                <GuestCount AgeQualifyingCode="10" Count="2"/>
                <GuestCount AgeQualifyingCode="8" Count="2"/>
              </GuestCounts>
              <TimeSpan Start="2027-03-01" End="2027-03-17"/>
              <Guarantee GuaranteeType="CC/DC/Voucher">
                <GuaranteesAccepted>
                  <GuaranteeAccepted>
                    <PaymentCard CardCode="VI" CardNumber="4111111111111111" ExpireDate="1228"><CardHolderName>Guest ${seed}</CardHolderName></PaymentCard>
                  </GuaranteeAccepted>
                </GuaranteesAccepted>
              </Guarantee>
              <Total AmountBeforeTax="${1400 + (seed % 500)}.00" AmountAfterTax="${1600 + (seed % 500)}.00" CurrencyCode="EUR"/>
              <BasicPropertyInfo ChainCode="LL" HotelCode="H${seed % 7500}" HotelName="Harbour House"/>
              <SpecialRequests>
                <SpecialRequest RequestCode="1.14"><Text Language="en">A quiet room, please &#8211; and a cot</Text></SpecialRequest>
              </SpecialRequests>
              <Comments>
                <Comment GuestViewable="true"><Text><![CDATA[Arrives late, after 22:00 & by car]]></Text></Comment>
              </Comments>
            </RoomStay>
          </RoomStays>
          <ResGuests>${guests}
          </ResGuests>
          <ResGlobalInfo>
            <HotelReservationIDs>
              <HotelReservationID ResID_Type="14" ResID_Value="R${seed}" ResID_Source="Channel"/>
              <HotelReservationID ResID_Type="10" ResID_Value="P${seed * 7}" ResID_Source="PMS"/>
            </HotelReservationIDs>
          </ResGlobalInfo>
        </HotelReservation>
      </HotelReservations>
    </OTA_HotelResNotifRQ>
  </soap:Body>
</soap:Envelope>
`;
}

function rate(seed: number, night: number): string {
  const amount = 100 + ((seed + night * 13) % 80);
  return `
                    <Rate EffectiveDate="2027-03-${two(night + 1)}" ExpireDate="2027-03-${two(night + 2)}" RateTimeUnit="Day" UnitMultiplier="1">
                      <Base AmountBeforeTax="${amount}.00" AmountAfterTax="${amount + 12}.00" CurrencyCode="EUR">
                        <Taxes Amount="12.00" CurrencyCode="EUR"><Tax Type="Exclusive" Code="27" Amount="12.00" CurrencyCode="EUR"/></Taxes>
                      </Base>
                      <CancelPolicies><CancelPenalty><Deadline OffsetTimeUnit="Day" OffsetUnitMultiplier="2" OffsetDropTime="BeforeArrival"/></CancelPenalty></CancelPolicies>
                    </Rate>`;
}

function guest(seed: number, rph: number): string {
  return `
            <ResGuest ResGuestRPH="${rph}" AgeQualifyingCode="${rph > 2 ? 8 : 10}" PrimaryIndicator="${rph === 1}">
              <Profiles>
                <ProfileInfo>
                  <Profile ProfileType="1">
                    <Customer Language="en">
                      <PersonName><NamePrefix>Ms</NamePrefix><GivenName>Given${seed}</GivenName><Surname>Søren-${rph}</Surname></PersonName>
                      <Telephone PhoneTechType="1" PhoneNumber="+44 20 5550${seed % 1000}"/>
                      <Email EmailType="1">guest${seed}.${rph}@example.com</Email>
                      <Address Type="1">
                        <AddressLine>${seed % 200} Harbour Street</AddressLine>
                        <CityName>Porthaven</CityName>
                        <PostalCode>PH${seed % 90} 1AB</PostalCode>
                        <StateProv StateCode="PH"/>
                        <CountryName Code="GB">United Kingdom</CountryName>
                      </Address>
                      <CustLoyalty ProgramID="LL" MembershipID="M${seed}${rph}"/>
                    </Customer>
                  </Profile>
                </ProfileInfo>
              </Profiles>
            </ResGuest>`;
}

const two = (value: number): string => String(value).padStart(2, '0');
