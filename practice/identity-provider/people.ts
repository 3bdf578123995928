/**
 * The people one can be when trying: everyone of the debate, each with two documents, so that the same
 * person can come back with a new account and another proof. All invented.
 */

export interface PassportDetails {
  documentNumber: string;
  icaoIssuerCode: string;
  expiryDate: string;
}

export interface DrivingPermitDetails {
  personalNumber: string;
  issueNumber: string;
  issuedBy: 'DVLA' | 'DVA';
  expiryDate: string;
}

export interface Address {
  buildingNumber: string;
  streetName: string;
  addressLocality: string;
  postalCode: string;
  addressCountry: string;
}

/** Exactly one of the two. */
export interface Evidence {
  passport?: PassportDetails;
  drivingPermit?: DrivingPermitDetails;
}

export interface Person {
  id: string;
  /** who they are, in one line */
  about: string;
  givenName: string;
  familyName: string;
  /** YYYY-MM-DD */
  birthDate: string;
  /** ISO 3166 country of the address */
  residence: string;
  address: Address;
  passport: PassportDetails;
  /** what they show the second time */
  secondDocument: Evidence;
  /** letters that come along although the identity was proved */
  returnCodes?: readonly string[];
}

// Fifteen in every year in which this runs: born on the first day of the year fifteen years ago.
const bornFifteenYearsAgo = `${new Date().getUTCFullYear() - 15}-01-01`;

const bornElevenYearsAgo = `${new Date().getUTCFullYear() - 11}-01-01`;

const britishPassport = (documentNumber: string): PassportDetails => ({
  documentNumber,
  icaoIssuerCode: 'GBR',
  expiryDate: '2034-05-01',
});

const licence = (personalNumber: string): Evidence => ({
  drivingPermit: { personalNumber, issueNumber: '12', issuedBy: 'DVLA', expiryDate: '2035-02-01' },
});

const home = (buildingNumber: string, streetName: string, town: string, postalCode: string): Address => ({
  buildingNumber,
  streetName,
  addressLocality: town,
  postalCode,
  addressCountry: 'GB',
});

export const people: readonly Person[] = [
  {
    id: 'hounded',
    about: 'Runs a small bakery, and somebody will not leave her alone.',
    givenName: 'Priya',
    familyName: 'Marlowe',
    birthDate: '1989-04-12',
    residence: 'GB',
    address: home('14', 'MILL LANE', 'LEEDS', 'LS1 4AB'),
    passport: britishPassport('521300101'),
    secondDocument: licence('MARLO854129P99AB'),
  },
  {
    id: 'child',
    about: 'Is eleven, has a passport, and wants in',
    givenName: 'Robin',
    familyName: 'Tamworth',
    birthDate: bornElevenYearsAgo,
    residence: 'GB',
    address: home('4', 'Orchard Lane', 'Ludlow', 'SY8 1AA'),
    passport: britishPassport('521300911'),
    secondDocument: { passport: britishPassport('521300912') },
  },
  {
    id: 'young',
    about: 'Fifteen, has friends online and parents who worry.',
    givenName: 'Ellis',
    familyName: 'Thornbury',
    birthDate: bornFifteenYearsAgo,
    residence: 'GB',
    address: home('3', 'CHAPEL STREET', 'SWANSEA', 'SA1 1DP'),
    passport: britishPassport('521300102'),
    secondDocument: {
      passport: { documentNumber: 'PT4410027', icaoIssuerCode: 'IRL', expiryDate: '2031-08-01' },
    },
  },
  {
    id: 'survivor',
    about: 'Left a violent man. He must not find out where she lives.',
    givenName: 'Rowan',
    familyName: 'Ashdown',
    birthDate: '1984-09-30',
    residence: 'GB',
    address: home('8', 'HARBOUR ROAD', 'GRIMSBY', 'DN31 1SY'),
    passport: britishPassport('521300103'),
    secondDocument: licence('ASHDO859304R99CD'),
  },
  {
    id: 'closeted',
    about: 'Gay, in a place where his neighbours would not forgive it.',
    givenName: 'Idris',
    familyName: 'Calloway',
    birthDate: '1997-06-21',
    residence: 'GB',
    address: home('27', 'CHURCH TERRACE', 'BANGOR', 'LL57 1RE'),
    passport: britishPassport('521300104'),
    secondDocument: licence('CALLO906217I99EF'),
  },
  {
    id: 'whistleblower',
    about: 'A nurse who saw what the hospital hides.',
    givenName: 'Helen',
    familyName: 'Varga',
    birthDate: '1976-02-14',
    residence: 'GB',
    address: home('51', 'STATION ROAD', 'DERBY', 'DE1 2LF'),
    passport: britishPassport('521300105'),
    secondDocument: licence('VARGA752146H99GH'),
  },
  {
    id: 'journalist',
    about: 'Writes under his own name and protects those who talk to him.',
    givenName: 'Marcus',
    familyName: 'Lindqvist',
    birthDate: '1982-11-03',
    residence: 'GB',
    address: home('2', 'FLEET PLACE', 'LONDON', 'EC4M 7RF'),
    passport: britishPassport('521300106'),
    secondDocument: licence('LINDQ811032M99IJ'),
  },
  {
    id: 'hounder',
    about: 'Writes forty messages a night to people who asked him to stop.',
    givenName: 'Gareth',
    familyName: 'Stroud',
    birthDate: '1979-07-18',
    residence: 'GB',
    address: home('19', 'QUARRY HILL', 'DUDLEY', 'DY1 3EF'),
    passport: britishPassport('521300107'),
    secondDocument: licence('STROU707189G99KL'),
  },
  {
    id: 'newcomer',
    about: 'Heard about the place and wants to join.',
    givenName: 'Noor',
    familyName: 'Bellamy',
    birthDate: '2001-05-25',
    residence: 'GB',
    address: home('66', 'PARK VIEW', 'GLASGOW', 'G3 7TT'),
    passport: britishPassport('521300108'),
    secondDocument: licence('BELLA055251N99MN'),
  },
  {
    id: 'neighbour',
    about: 'Retired, reads along, reports what is not right.',
    givenName: 'Tomasz',
    familyName: 'Redfern',
    birthDate: '1958-01-29',
    residence: 'GB',
    address: home('5', 'ORCHARD CLOSE', 'NORWICH', 'NR1 3QU'),
    passport: britishPassport('521300109'),
    secondDocument: licence('REDFE501298T99OP'),
    returnCodes: ['Z'],
  },
  {
    id: 'abroad',
    about: 'Lives in Lyon; rules for people in the UK are not hers.',
    givenName: 'Claire',
    familyName: 'Fontanel',
    birthDate: '1993-10-08',
    residence: 'FR',
    address: {
      buildingNumber: '11',
      streetName: 'RUE DES CAPUCINS',
      addressLocality: 'LYON',
      postalCode: '69001',
      addressCountry: 'FR',
    },
    passport: { documentNumber: '19FV08213', icaoIssuerCode: 'FRA', expiryDate: '2033-03-01' },
    secondDocument: {
      passport: { documentNumber: '521300110', icaoIssuerCode: 'GBR', expiryDate: '2032-01-01' },
    },
  },
  // Everyone of the debate once more, for whoever wants to be them: the story plays the ones above.
  {
    id: 'be-hounded',
    about: 'You bake bread, and somebody will not leave you alone.',
    givenName: 'Asha',
    familyName: 'Winterton',
    birthDate: '1991-03-08',
    residence: 'GB',
    address: home('7', 'BAKER ROW', 'SHEFFIELD', 'S1 2HE'),
    passport: britishPassport('521300201'),
    secondDocument: licence('WINTE953081A99QR'),
  },
  {
    id: 'be-young',
    about: 'You are fifteen and have something to ask that you cannot ask at home.',
    givenName: 'Robin',
    familyName: 'Fairley',
    birthDate: bornFifteenYearsAgo,
    residence: 'GB',
    address: home('22', 'SCHOOL LANE', 'PERTH', 'PH1 5SX'),
    passport: britishPassport('521300202'),
    secondDocument: {
      passport: { documentNumber: 'PT4410102', icaoIssuerCode: 'IRL', expiryDate: '2032-04-01' },
    },
  },
  {
    id: 'be-survivor',
    about: 'You left a violent man. He must not find you.',
    givenName: 'Carys',
    familyName: 'Holloway',
    birthDate: '1986-12-02',
    residence: 'GB',
    address: home('31', 'SEA VIEW', 'WHITBY', 'YO21 3PU'),
    passport: britishPassport('521300203'),
    secondDocument: licence('HOLLO862122C99ST'),
  },
  {
    id: 'be-closeted',
    about: 'You are gay where your neighbours would not forgive it.',
    givenName: 'Dafydd',
    familyName: 'Merrick',
    birthDate: '1999-01-17',
    residence: 'GB',
    address: home('4', 'BRYN TERRACE', 'DOLGELLAU', 'LL40 1AB'),
    passport: britishPassport('521300204'),
    secondDocument: licence('MERRI901179D99UV'),
  },
  {
    id: 'be-whistleblower',
    about: 'You saw what your employer hides.',
    givenName: 'Ruth',
    familyName: 'Castellan',
    birthDate: '1980-05-05',
    residence: 'GB',
    address: home('90', 'MILL STREET', 'STOKE', 'ST1 5NP'),
    passport: britishPassport('521300205'),
    secondDocument: licence('CASTE855050R99WX'),
  },
  {
    id: 'be-hounder',
    about: 'You write, and write again, to people who asked you to stop.',
    givenName: 'Craig',
    familyName: 'Lomax',
    birthDate: '1975-10-22',
    residence: 'GB',
    address: home('12', 'FOUNDRY WAY', 'HULL', 'HU1 2BN'),
    passport: britishPassport('521300207'),
    secondDocument: licence('LOMAX710225C99YZ'),
  },
];
