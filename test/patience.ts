/**
 * Parties wait for each other for five to fifteen seconds, because people wait for them. Beside many tests an honest
 * party can take longer, and would be told of as one that does not answer. So here all of them have more patience;
 * what is asserted about somebody who never answers holds as it did, later.
 */
const times = 6;
const timeout = AbortSignal.timeout.bind(AbortSignal);

AbortSignal.timeout = (milliseconds) => timeout(milliseconds * times);
