/** Days and lengths of time, where a browser does not know them in the language shown. */
const some = (one: string) => (n: number) => `${n} ${one}${n === 1 ? '' : 's'}`;

export const time = {
  months: [
    'January',
    'February',
    'March',
    'April',
    'May',
    'June',
    'July',
    'August',
    'September',
    'October',
    'November',
    'December',
  ],
  units: {
    year: some('year'),
    day: some('day'),
    hour: some('hour'),
    minute: some('minute'),
    second: some('second'),
  },
};
