/**
 * The peers, measured in the same run on the same machine: eight messages, two disclosed, header and
 * presentation header as each of them takes it. Run with their own dependencies (bench/peers).
 */
import { randomBytes } from 'node:crypto';
import * as digitalbazaar from '@digitalbazaar/bbs-signatures';
import * as dock from '@docknetwork/crypto-wasm-ts';
import * as mattr from '@mattrglobal/pairing-crypto';
import { measure, row } from '../measure.mjs';

const messages = Array.from({ length: 8 }, (_, i) => new TextEncoder().encode(`message ${i}`));
const header = new TextEncoder().encode('header');
const presentationHeader = new TextEncoder().encode('presentation');
const disclosed = [1, 4];

async function plainDigitalBazaar() {
  const ciphersuite = digitalbazaar.CIPHERSUITES.BLS12381_SHA256;
  const { secretKey, publicKey } = await digitalbazaar.generateKeyPair({ ciphersuite });
  const signature = await digitalbazaar.sign({ secretKey, publicKey, header, messages, ciphersuite });
  const common = { publicKey, header, presentationHeader, ciphersuite };
  const derive = () =>
    digitalbazaar.deriveProof({ ...common, signature, messages, disclosedMessageIndexes: disclosed });
  const proof = await derive();
  const verify = () =>
    digitalbazaar.verifyProof({
      ...common,
      proof,
      disclosedMessages: disclosed.map((i) => messages[i]),
      disclosedMessageIndexes: disclosed,
    });
  if (!(await verify())) throw new Error('peer refused its own proof');
  console.log(row('@digitalbazaar/bbs-signatures: prove (plain BBS)', await measure(derive, 15)));
  console.log(row('@digitalbazaar/bbs-signatures: verify (plain BBS)', await measure(verify, 15)));
}

async function plainMattr() {
  const suite = mattr.bbs.bls12381_sha256;
  const { secretKey, publicKey } = await suite.generateKeyPair();
  const signature = await suite.sign({ secretKey, publicKey, header, messages });
  const derive = () =>
    suite.deriveProof({
      publicKey,
      header,
      presentationHeader,
      signature,
      verifySignature: false,
      messages: messages.map((value, i) => ({ value, reveal: disclosed.includes(i) })),
    });
  const proof = await derive();
  const shown = Object.fromEntries(disclosed.map((i) => [i, messages[i]]));
  const verify = () => suite.verifyProof({ publicKey, header, presentationHeader, proof, messages: shown });
  if (!(await verify()).verified) throw new Error('peer refused its own proof');
  console.log(row('@mattrglobal/pairing-crypto: prove (plain BBS)', await measure(derive, 30)));
  console.log(row('@mattrglobal/pairing-crypto: verify (plain BBS)', await measure(verify, 30)));
}

async function composedDock() {
  await dock.initializeWasm();
  const params = dock.BBSSignatureParams.generate(9, new TextEncoder().encode('bench'));
  const keys = dock.BBSKeypair.generate(params, randomBytes(32));
  const secret = dock.BBSSignature.encodeMessageForSigning(randomBytes(32));
  const all = [...messages.map((m) => dock.BBSSignature.encodeMessageForSigning(m)), secret];
  const signature = dock.BBSSignature.generate(all, keys.sk, params, false);
  const shown = new Map(disclosed.map((i) => [i, all[i]]));
  const hidden = new Map(all.map((m, i) => [i, m]).filter(([i]) => !disclosed.includes(i)));
  const base = dock.PseudonymBases.generateBaseForSecretKey(new TextEncoder().encode('scope'));
  const pseudonym = dock.Pseudonym.new(base, secret);
  const specOf = (first) => {
    const meta = new dock.MetaStatements();
    const equal = new dock.WitnessEqualityMetaStatement();
    equal.addWitnessRef(0, 8);
    equal.addWitnessRef(1, 0);
    meta.addWitnessEquality(equal);
    const statements = new dock.Statements();
    statements.add(first);
    statements.add(dock.Statement.pseudonym(pseudonym, base));
    return new dock.ProofSpec(statements, meta);
  };
  const derive = () => {
    const witnesses = new dock.Witnesses();
    witnesses.add(dock.Witness.bbsSignature(signature, hidden, false));
    witnesses.add(dock.Witness.pseudonym(secret));
    const spec = specOf(dock.Statement.bbsSignatureProver(params, shown, false));
    return dock.CompositeProof.generate(spec, witnesses, presentationHeader);
  };
  const proof = derive();
  const verify = () =>
    proof.verify(
      specOf(dock.Statement.bbsSignatureVerifier(params, keys.pk, shown, false)),
      presentationHeader,
    );
  const verdict = verify();
  if (!verdict.verified) throw new Error('peer refused its own proof');
  console.log(row('@docknetwork/crypto-wasm-ts: prove (BBS + pseudonym)', await measure(derive, 30)));
  console.log(row('@docknetwork/crypto-wasm-ts: verify (BBS + pseudonym)', await measure(verify, 30)));
}

for (const peer of [plainDigitalBazaar, plainMattr, composedDock]) {
  try {
    await peer();
  } catch (error) {
    console.log(`  ${peer.name}: could not be measured (${error.message})`);
  }
}
