/**
 * The list that the thief brings: 100,000 invented people with birth dates, among which the real ones stand.
 * The same seed gives the same list, so that a run can be repeated.
 */

export interface ListedPerson {
  name: string;
  birthDate: string;
}

const given =
  'Ada Aled Amina Andrew Anil Anna Arjun Asha Bea Ben Bethan Carys Cerys Chloe Colin Dafydd Daisy Dan Daria Dev Dylan Ebony Eleri Ella Emeka Emma Eva Farah Fergus Finn Fiona Freya Gareth Gemma Glen Grace Gwen Hana Harri Hassan Hazel Heather Hugh Ifor Imran Iona Isla Ivan Jack Jamal Jay Jess Joan Jonah Joyce Kai Karen Kate Kofi Lara Lena Leo Lewis Lily Lloyd Lucy Luke Maeve Malik Marek Maria Mark Megan Mei Mina Moira Nadia Nia Nina Noor Olga Omar Owen Paul Petra Priya Ravi Rhys Rosa Ruth Ryan Sadia Sam Sara Sean Seren Sian Sofia Suki Tariq Tess Tom Uma Vera Wendy Yara Yusuf Zara Zoe'.split(
    ' ',
  );
const family =
  'Abara Adair Ahmed Ainsley Akhtar Alder Ashby Baird Banks Barlow Begum Bell Bevan Birch Blair Boyd Bright Burns Byrne Cairns Carr Chan Clarke Cole Cross Daly Darby Das Dunn Eaton Ellis Evans Farrell Field Finch Flynn Ford Fox Frost Gale Gibbs Gill Grant Gray Griffin Hale Hardy Hart Hayes Heath Hill Holt Hope Hughes Hunt Iqbal Irving Jain James Jarvis Jones Kane Kaur Kay Keane Kelly Kerr Khan King Kirk Knight Lamb Lane Lark Law Lee Lewis Lowe Lund Mann Marsh Mason Mead Mills Moss Nash Neal Noble Nolan North Oakes Obi Okoro Page Park Patel Pearce Pike Pope Pratt Price Quinn Ray Reed Rees Rice Roe Rowe Russ Sharp Shaw Shah Singh Sloan Snow Stone Swan Tait Teal Thorne Todd Tran Tully Vale Vaughan Voss Walsh Ward Watts Webb West White Wood Wren Yates York Young'.split(
    ' ',
  );

/** `count` people, the `real` ones among them at places that the seed chooses. */
export function listOfNames(
  real: readonly ListedPerson[],
  count = 100_000,
  seed = 20_261_123,
): ListedPerson[] {
  const next = xorshift(seed);
  const list: ListedPerson[] = [];
  while (list.length < count) {
    const name = `${given[next() % given.length]} ${family[next() % family.length]}`;
    list.push({ name, birthDate: birthDate(next) });
  }
  for (const person of real) list[next() % list.length] = person;
  // Two real people may have met on one place; whoever is missing is put at the front.
  const there = new Set(list.map((p) => p.name));
  return [...real.filter((p) => !there.has(p.name)), ...list];
}

function birthDate(next: () => number): string {
  const two = (n: number) => String(n).padStart(2, '0');
  return `${1940 + (next() % 72)}-${two(1 + (next() % 12))}-${two(1 + (next() % 28))}`;
}

function xorshift(seed: number): () => number {
  let x = seed >>> 0 || 1;
  return () => {
    x ^= x << 13;
    x >>>= 0;
    x ^= x >>> 17;
    x ^= x << 5;
    x >>>= 0;
    return x;
  };
}
