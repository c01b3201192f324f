import type { DocumentShape } from '../src/index.ts';

/** Small documents that hold every construct of XML, messages in several dresses among them. */
export const DOCUMENTS: readonly string[] = [
  `<?xml version="1.0" encoding="UTF-8" standalone='yes'?>
<!-- a message -->
<r:root xmlns:r="urn:r" xmlns="urn:d" id="1" r:id="2" x="3"><?pi some data?>
  <item code='A&amp;B' n="&#x41;&#10;	tab
line">one &lt; two</item>
  <item code="C">t<![CDATA[<raw> & ]]]]><![CDATA[>]]>ail</item>
  <r:item code="D"/><empty/><empty></empty ><a b = "c" d='"'/>
  <deep><deep><deep><x>text</x></deep></deep></deep>
</r:root>
<!-- end --><?done?>`,
  '\ufeff<root><item code="é名😀" xml:lang="en">é 名 😀 &#x1F600;</item><名 é="1">x</名></root>',
  `<s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/"><s:Header><m>1</m></s:Header><s:Body>
<o:OTA_HotelResNotifRQ xmlns:o="http://www.opentravel.org/OTA/2003/05" EchoToken="e" TimeStamp="2026-01-01T00:00:00"><o:HotelReservations>
<o:HotelReservation ResStatus="Commit"><o:UniqueID Type="14" ID="R1"/><o:x xmlns:o="urn:d"><o:item code="z">w</o:item></o:x></o:HotelReservation>
</o:HotelReservations></o:OTA_HotelResNotifRQ></s:Body></s:Envelope>`,
  '<a\r\n\tb="1"\r\n>x\r\ny\rz]]&gt; ]] ></a\n>',
  '<root xmlns:p="urn:1" xmlns:q="urn:1"><p:item code="1" p:x="1" q:y="2">a<!-- - -->b<?t?>c</p:item><item xmlns="" code="2">d</item></root>',
  `<root xmlns:p="urn:1" xmlns:q="urn:2" ${Array.from({ length: 16 }, (_, index) => `a${index}="${index}"`).join(' ')} id="i" p:x="3" q:x="4"><item b="5" code="6"/></root>`,
];

/** Takes what the documents hold in many ways: names in any namespace and in one, wildcards, depths, repetitions. */
export const SHAPE = {
  namespaces: { r: 'urn:r', d: 'urn:d', one: 'urn:1', s: 'http://schemas.xmlsoap.org/soap/envelope/' },
  fields: {
    rootId: '/root/@id',
    rootOther: '/root/@r:id',
    anyRootText: '/*',
    firstCode: '//item/@code',
    deep: '//deep/x',
    echo: '/s:Envelope/s:Body/OTA_HotelResNotifRQ/@EchoToken',
    either: ['//UniqueID/@ID', '/root/empty'],
    lang: '//*/@x',
    root: '/*/name()',
  },
  lists: {
    allTexts: '//*',
    names: '//*/name()',
    codes: '//d:item/@code',
    itemsOfOne: '//one:item|a',
    ys: '//item/@one:y',
  },
  groups: {
    items: { path: '/root/item', fields: { code: '@code', text: '.', b: '@b' }, lists: { below: '//x' } },
    reservations: {
      path: ['//HotelReservation', '/HotelReservation'],
      fields: { id: 'UniqueID/@ID', type: 'UniqueID/@Type', status: '@ResStatus' },
      groups: { items: { path: '*/item', fields: { code: '@code', text: '.' } } },
    },
  },
} satisfies DocumentShape;
