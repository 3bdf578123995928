/**
 * The worker: the only place in the browser where secrets are. It listens at once; the mathematics loads
 * beside. Its name is the profile (profile.ts).
 */
import { answerCalls, type Port } from './rpc.ts';

const loaded = import('./handlers.ts').then(({ answererFor }) => answererFor(self.name));
answerCalls(self as unknown as Port, loaded);
