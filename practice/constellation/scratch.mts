import { join } from 'node:path';
import { mkdirSync, rmSync } from 'node:fs';
process.env.ANSWERABLE_MODE='practice';
const { startEmbeddedPostgres } = await import('@answerable/kit/embedded-postgres');
const { provisionDatabases } = await import('@answerable/kit/provision');
const c = await import('./configs.ts'); const f = await import('./data-folder.ts'); const { startRole } = await import('./starters.ts');
const { foundNetwork } = await import('./genesis.ts'); const { foundingPlan } = await import('./founding-plan.ts');
const dataDir='/tmp/answerable-scratch'; rmSync(dataDir,{recursive:true,force:true}); mkdirSync(dataDir,{recursive:true});
const t0=Date.now(); const log=(x:string)=>console.log(((Date.now()-t0)/1000).toFixed(1), x);
const pg=await startEmbeddedPostgres({dataDir: join(dataDir,'postgres'), durable:false}); log('pg');
const databaseUrls=await provisionDatabases({adminUrl:pg.adminUrl, secretsDir: join(dataDir,'secrets'), services:c.rolesWithDatabase}); log('db');
const layout={dataDir, ports: await f.loadPorts(dataDir,'free'), tokens:f.loadTokens(dataDir), databaseUrls};
const names=['identity-provider','logbook','registrar','keeper-1','keeper-2','keeper-3','guardian-1','guardian-2','guardian-3','gateway-commons','gateway-lantern','wallet'] as const;
const running=[];
for (const n of names) { try { running.push(await startRole(n, c.configOf(n, layout))); log(n);} catch(e){ console.log(n, e);} }
const plan=foundingPlan(layout); (plan.parties as any).authorities=[]; (plan as any).grounds=plan.grounds.map(g=>({...g,authorities:[]}));
try { await foundNetwork(plan); log('genesis'); } catch(e){ console.log('genesis', e);} 
await new Promise(r=>setTimeout(r,4000));
for (const n of ['logbook','registrar','gateway-commons','keeper-1','guardian-1'] as const) console.log(n, await (await fetch(c.origin(layout.ports,n)+'/health')).text());
console.log(await (await fetch(c.origin(layout.ports,'logbook')+'/checkpoint')).text());
for (const r of running) await r.close(); await pg.stop(); log('closed');
