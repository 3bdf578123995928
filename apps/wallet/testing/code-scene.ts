/**
 * A wallet's host, a log with one witness and a signed trust policy, all in memory: what a release of the wallet
 * is checked against. Every part of it can be made to lie. For tests only.
 */
import { randomBytes } from 'node:crypto';
import { toBase64url } from '@answerable/core/bytes';
import { drawSharedKey } from '@answerable/core/escrow/scenario';
import { Sequencer } from '@answerable/log/append/sequencer';
import { MemoryFiles, MemoryStore } from '@answerable/log/testing/memory-log';
import { encodeEntry } from '@answerable/log/verify/entry';
import { formatNote, parseNote } from '@answerable/log/verify/note';
import { formatVerifierKey, noteKey } from '@answerable/log/verify/note-key';
import { cosign } from '@answerable/log/verify/note-signature';
import { messageLabels } from '@answerable/protocol/labels';
import { signMessage, verifyingKeyOf } from '@answerable/protocol/signed';
import type { TrustPolicy, TrustPolicyFile } from '@answerable/protocol/trust-policy';
import {
  manifestOf,
  type ReleaseManifest,
  releaseEntryOf,
  releaseKeyOf,
} from '@answerable/protocol/wallet-release';
import type { Site } from '../answers.ts';
import { plainFile } from '../built-files.ts';
import { calleesOf } from '../security-headers.ts';

const entriesPerBatch = 4;
const octets = (n: number) => toBase64url(new Uint8Array(n));

export interface CodeScene {
  policy: TrustPolicyFile;
  /** Files of the log as published, by path; the tests may alter them. */
  published: Map<string, Uint8Array>;
  /** Puts a release into the log; its index. */
  logRelease(manifest: ReleaseManifest): Promise<number>;
  /** Grows by a batch of fillers; without a witness, if asked so. */
  grow(witnessed?: boolean): Promise<void>;
  /** Any address of the log, as it answers; undefined is a 404. */
  readLog(path: string): Uint8Array | undefined;
  site(files: Site['files']): Site;
}

export async function codeScene(walletOrigin: string, logOrigin: string): Promise<CodeScene> {
  const key = noteKey('log.example/code', 0x01, new Uint8Array(randomBytes(32)));
  const witness = noteKey('witness.example', 0x04, new Uint8Array(randomBytes(32)));
  const [store, files] = [new MemoryStore(), new MemoryFiles()];
  const random = (length: number) => new Uint8Array(randomBytes(length));
  const log = new Sequencer({ store, files, key, entriesPerBatch, cadenceMilliseconds: 1, random });
  await log.recover();
  const places = new Map<string, number>();
  let ticks = Date.now();
  const grow = async (witnessed = true) => {
    ticks += 10;
    await log.append(ticks);
    const note = parseNote(await log.sign());
    const line = cosign(note.text, Math.floor(Date.now() / 1000), witness);
    const signatures = witnessed ? [...note.signatures, line] : note.signatures;
    await log.publish(formatNote({ text: note.text, signatures }));
  };
  await grow();
  const policy = signedPolicy(walletOrigin, {
    log: { name: 'log', origin: logOrigin, verifierKey: formatVerifierKey(key) },
    witnesses: {
      quorum: 1,
      list: [{ name: 'witness', verifierKey: formatVerifierKey(witness), origin: logOrigin }],
    },
  });
  return {
    policy,
    published: files.files,
    grow,
    async logRelease(manifest) {
      const entry = releaseEntryOf(manifest);
      const bytes = encodeEntry({ ...entry });
      store.submit(bytes);
      await grow();
      const index = store.log.findIndex((known) => Buffer.from(known).equals(bytes));
      places.set(releaseKeyOf(entry), index);
      return index;
    },
    readLog(path) {
      const index = places.get(path.replace('entries/by-key/', ''));
      return index === undefined ? files.files.get(path) : Buffer.from(JSON.stringify({ index }));
    },
    site: (files) => ({
      files,
      policy: { text: JSON.stringify(policy), callees: calleesOf(policy.policy) },
      mode: 'practice',
      frameAncestors: [],
      secure: false,
    }),
  };
}

/** A release of these files, with its manifest among them. */
export function releaseOf(version: string, bodies: ReadonlyMap<string, Buffer>) {
  const manifest = manifestOf(version, bodies);
  const all = [...bodies, ['/release.json', Buffer.from(JSON.stringify(manifest))] as const];
  return { manifest, files: new Map(all.map(([path, body]) => [path, plainFile(path, body)] as const)) };
}

function signedPolicy(walletOrigin: string, own: Pick<TrustPolicy, 'log' | 'witnesses'>): TrustPolicyFile {
  const keys = new Map<string, Uint8Array>();
  const party = (name: string) => {
    keys.set(name, new Uint8Array(randomBytes(32)));
    return { name, title: name, origin: own.log.origin, signingKey: verifyingKeyOf(keys.get(name)!) };
  };
  const [opening, tags] = [drawSharedKey('opening', 2, 3).keys, drawSharedKey('tag', 2, 3).keys];
  const share = (name: string, index: number, keySet: typeof opening) => ({
    ...party(`${name}-${index}`),
    index,
    verificationKey: toBase64url(keySet.verificationKeys[index - 1]!),
  });
  const policy: TrustPolicy = {
    v: 1,
    network: 'trial',
    serial: 1,
    previous: null,
    effective: '2026-11-01',
    schema: 'answerable-person-1',
    epochSeconds: 2_592_000,
    graceSeconds: 604_800,
    registrar: { ...party('registrar'), issuerKey: octets(96) },
    evidence: [],
    referees: false,
    opening: {
      threshold: 2,
      publicKey: toBase64url(opening.publicKey),
      transcript: octets(32),
      guardians: [1, 2, 3].map((i) => ({ ...share('guard', i, opening), sealingKey: octets(32) })),
    },
    tags: {
      threshold: 2,
      publicKey: toBase64url(tags.publicKey),
      transcript: octets(32),
      keepers: [1, 2, 3].map((i) => share('keep', i, tags)),
    },
    ...own,
    gateways: [{ ...party('gate'), platforms: ['commons'] }],
    wallets: [walletOrigin],
    releases: { publisher: 'publisher', signingKey: octets(32) },
    authorities: [{ ...party('court'), sealingKey: octets(32) }],
    grounds: [],
    limits: {
      recallBudget: 20,
      recallPerDay: 5,
      resetWaitSeconds: 1,
      hearingSeconds: 1,
      noticeSeconds: 1,
      checkpointAgeSeconds: 60,
    },
  };
  const signatures = [...keys].map(([name, secret]) => ({
    party: name,
    signature: signMessage(secret, messageLabels.trustPolicy, policy).signature,
  }));
  return { policy, signatures };
}
