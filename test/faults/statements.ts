/** Reads what a client of PostgreSQL says, message by message (protocol 3.0), and tells its statements apart. */

export interface Said {
  /** the statement that these octets ask for; undefined for what is none */
  statement: string | undefined;
  bytes: Buffer;
}

/** One for each connection: takes octets as they come, returns what is whole. */
export function statementsOf(): (octets: Buffer) => Said[] {
  const prepared = new Map<string, string>();
  let rest = Buffer.alloc(0);
  let isFirst = true;
  let unit: Buffer[] = [];
  let statement: string | undefined;
  const take = (message: Buffer, said: Said[]) => {
    const type = isFirst ? 'first' : String.fromCharCode(message[0]!);
    isFirst = false;
    unit.push(message);
    const body = message.subarray(5);
    if (type === 'P') {
      const [name, text] = texts(body, 2) as [string, string];
      prepared.set(name, text);
    }
    if (type === 'B') statement = prepared.get(texts(body, 2)[1]!);
    if (type === 'Q') statement = texts(body, 1)[0];
    // What goes before Sync is done with it, or not at all.
    if ('PBDEC'.includes(type)) return;
    said.push({ statement, bytes: Buffer.concat(unit) });
    unit = [];
    statement = undefined;
  };
  return (octets) => {
    const said: Said[] = [];
    rest = Buffer.concat([rest, octets]);
    for (;;) {
      const head = isFirst ? 0 : 1;
      if (rest.length < head + 4) return said;
      const length = head + rest.readInt32BE(head);
      if (rest.length < length) return said;
      take(rest.subarray(0, length), said);
      rest = rest.subarray(length);
    }
  };
}

function texts(body: Buffer, count: number): string[] {
  const found: string[] = [];
  for (let at = 0; found.length < count; ) {
    const end = body.indexOf(0, at);
    found.push(body.toString('utf8', at, end));
    at = end + 1;
  }
  return found;
}
