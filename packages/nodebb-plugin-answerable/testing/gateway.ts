/** A gateway that answers as it is told, and keeps what it was asked. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface Asked {
  method: string;
  path: string;
  bearer: string | undefined;
  body: Record<string, unknown>;
}
type Answer = (asked: Asked) => object | string | undefined;

export async function startGateway() {
  const asked: Asked[] = [];
  let answer: Answer = () => ({ may: 'yes', words: 'Yes.' });
  const server = createServer(async (request, response) => {
    let text = '';
    for await (const part of request) text += part;
    const { method = '', url: path = '', headers } = request;
    const one = { method, path, bearer: headers.authorization, body: text === '' ? {} : JSON.parse(text) };
    asked.push(one);
    const said = answer(one);
    if (said === undefined) return response.destroy();
    if (typeof said === 'object' && 'redirect' in said)
      return response.writeHead(307, { location: String(said.redirect) }).end();
    response.end(typeof said === 'string' ? said : JSON.stringify(said));
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  return {
    asked,
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    /** From now on; undefined: the connection is cut; { redirect }: somebody else is named. */
    answers(next: Answer) {
      asked.length = 0;
      answer = next;
    },
    close: () => new Promise((done) => server.close(done)),
  };
}
