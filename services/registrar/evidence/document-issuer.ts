/**
 * One name for who issued a document: ICAO's three letters, whether a provider writes two or three. GBD, GBN,
 * GBO, GBP and GBS are kinds of British nationality whose passports are numbered by others: they stay apart.
 * A country that is not in the table keeps its spelling: then a provider must keep to one, or the same document
 * is met only by name.
 */

// ISO 3166-1: two letters, then three; Germany is D in machine-readable zones.
const pairs =
  'GB:GBR UK:GBR IE:IRL IM:IMN JE:JEY GG:GGY GI:GIB AT:AUT BE:BEL BG:BGR HR:HRV CY:CYP CZ:CZE DK:DNK EE:EST ' +
  'FI:FIN FR:FRA DE:DEU D:DEU GR:GRC EL:GRC HU:HUN IT:ITA LV:LVA LT:LTU LU:LUX MT:MLT NL:NLD PL:POL PT:PRT ' +
  'RO:ROU SK:SVK SI:SVN ES:ESP SE:SWE IS:ISL LI:LIE NO:NOR CH:CHE UA:UKR TR:TUR AL:ALB RS:SRB BA:BIH MK:MKD ' +
  'MD:MDA RU:RUS US:USA CA:CAN AU:AUS NZ:NZL IN:IND PK:PAK BD:BGD LK:LKA NP:NPL CN:CHN HK:HKG TW:TWN JP:JPN ' +
  'KR:KOR PH:PHL VN:VNM TH:THA MY:MYS SG:SGP ID:IDN NG:NGA GH:GHA KE:KEN UG:UGA TZ:TZA ZW:ZWE ZA:ZAF ZM:ZMB ' +
  'SL:SLE GM:GMB ER:ERI ET:ETH SO:SOM SD:SDN EG:EGY MA:MAR DZ:DZA TN:TUN LY:LBY IR:IRN IQ:IRQ SY:SYR AF:AFG ' +
  'LB:LBN JO:JOR IL:ISR SA:SAU AE:ARE KW:KWT BR:BRA AR:ARG CO:COL MX:MEX CL:CHL PE:PER VE:VEN JM:JAM TT:TTO BB:BRB';
const codes = new Map(pairs.split(' ').map((pair) => pair.split(':') as [string, string]));

export function issuerName(issuer: string): string {
  const letters = issuer
    .normalize('NFKC')
    .toUpperCase()
    .replace(/[^\p{L}\p{N}]/gu, '');
  return codes.get(letters) ?? letters;
}
