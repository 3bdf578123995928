// The real labeler (Ozone), configured by its own environment; its tables are made first. For npm run test:platforms.
import { Database, envToCfg, envToSecrets, OzoneService, readEnv } from '@atproto/ozone';

const env = readEnv();
const settings = envToCfg(env);
const database = new Database({ url: settings.db.postgresUrl, schema: settings.db.postgresSchema });
await database.migrateToLatestOrThrow();
await database.close();

const labeler = await OzoneService.create(settings, envToSecrets(env));
// It would listen everywhere.
const listen = labeler.app.listen.bind(labeler.app);
labeler.app.listen = (port) => listen(port, '127.0.0.1');
await labeler.start();
console.log('ready');
process.on('SIGTERM', () => labeler.destroy().finally(() => process.exit(0)));
