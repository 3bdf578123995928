// The real personal data server, configured by its own environment. For npm run test:platforms.
import { PDS } from '@atproto/pds';

await PDS.run({ onStarted: () => console.log('ready') });
