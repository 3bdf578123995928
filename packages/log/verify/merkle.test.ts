import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, hexToBytes } from '@noble/hashes/utils.js';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { vectorFiles, vectorJson, vectorsPresent, vectorText } from '../testing/vectors.ts';
import { EMPTY_ROOT, leafHash, rootOfHashes, verifyConsistency, verifyInclusion } from './merkle.ts';
import { consistencyProof, inclusionProof, type LeafRange } from './prove.ts';

// Some published hashes are deliberately of a wrong length, so the strict decoder is not used here.
const bytes = (text: string): Uint8Array => new Uint8Array(Buffer.from(text, 'base64'));
const proofOf = (proof: string[] | null): Uint8Array[] => (proof ?? []).map(bytes);

const leavesOf = (size: number, salt = 'leaf') =>
  Array.from({ length: size }, (_, i) => leafHash(new TextEncoder().encode(`${salt} ${i}`)));
const hashOf =
  (leaves: Uint8Array[]) =>
  async ([start, end]: LeafRange) =>
    rootOfHashes(leaves.slice(start, end));

describe.runIf(vectorsPresent)('published merkle vectors', () => {
  it.each(vectorFiles('merkle/testdata/inclusion'))('%s', (file) => {
    const v = vectorJson(file);
    const claim = { index: v.leafIdx, size: v.treeSize, leaf: bytes(v.leafHash), root: bytes(v.root) };
    expect(verifyInclusion({ ...claim, proof: proofOf(v.proof) })).toBe(!v.wantErr);
  });

  it.each(vectorFiles('merkle/testdata/consistency'))('%s', (file) => {
    const v = vectorJson(file);
    const older = { size: v.size1, root: bytes(v.root1) };
    const newer = { size: v.size2, root: bytes(v.root2) };
    expect(verifyConsistency({ older, newer, proof: proofOf(v.proof) })).toBe(!v.wantErr);
  });

  it('the reference leaves of RFC 6962 give the reference roots', () => {
    const lines = vectorText('kat/rfc6962-reference-constants.txt').split('\n');
    const entries = lines.slice(0, 8).map((line) => hexToBytes(line.trim()));
    const roots = entries.map((_, i) => bytesToHex(rootOfHashes(entries.slice(0, i + 1).map(leafHash))));
    for (const root of roots) expect(lines).toContain(root);
    expect(lines).toContain(bytesToHex(EMPTY_ROOT));
  });

  it('leaf hash of the published example', () => {
    const { text, hash_is_leafhash_of } = vectorJson('kat/kat.json').checkpoint_text;
    expect(Buffer.from(leafHash(new TextEncoder().encode(hash_is_leafhash_of))).toString('base64')).toBe(
      text.split('\n')[2],
    );
  });
});

describe('proofs', () => {
  const tree = fc
    .integer({ min: 1, max: 300 })
    .chain((size) => fc.record({ size: fc.constant(size), index: fc.nat(size - 1), older: fc.nat(size) }));

  it('made from a tree are accepted', async () => {
    await fc.assert(
      fc.asyncProperty(tree, async ({ size, index, older }) => {
        const leaves = leavesOf(size);
        const root = rootOfHashes(leaves);
        const inclusion = await inclusionProof(hashOf(leaves), index, size);
        expect(verifyInclusion({ index, size, leaf: leaves[index]!, proof: inclusion, root })).toBe(true);
        const proof = await consistencyProof(hashOf(leaves), older, size);
        const head = { size: older, root: rootOfHashes(leaves.slice(0, older)) };
        expect(verifyConsistency({ older: head, newer: { size, root }, proof })).toBe(true);
      }),
      { numRuns: 60 },
    );
  });

  it('are refused for another leaf, index, size, root, or with any hash changed, dropped or added', async () => {
    await fc.assert(
      fc.asyncProperty(tree, fc.nat(), async ({ size, index }, pick) => {
        const leaves = leavesOf(size);
        const root = rootOfHashes(leaves);
        const proof = await inclusionProof(hashOf(leaves), index, size);
        const claim = { index, size, leaf: leaves[index]!, proof, root };
        const other = sha256(root);
        const spoiled = proof.map((hash, i) => (i === pick % Math.max(proof.length, 1) ? other : hash));
        const wrong = [
          { ...claim, leaf: other },
          { ...claim, root: other },
          { ...claim, index: index + 1 },
          { ...claim, index: -1 },
          { ...claim, size: 0 },
          { ...claim, size: size * 2 + 1 },
          { ...claim, proof: [...proof, other] },
          { ...claim, proof: [other, ...proof] },
          ...(proof.length > 0
            ? [
                { ...claim, proof: proof.slice(1) },
                { ...claim, proof: spoiled },
              ]
            : []),
        ];
        for (const sin of wrong) expect(verifyInclusion(sin)).toBe(false);
      }),
      { numRuns: 60 },
    );
  });

  it('of consistency are refused between two histories', async () => {
    await fc.assert(
      fc.asyncProperty(tree, async ({ size, older }) => {
        fc.pre(older > 0 && older < size);
        const leaves = leavesOf(size);
        const forked = [...leavesOf(older, 'other'), ...leaves.slice(older)];
        const proof = await consistencyProof(hashOf(forked), older, size);
        const head = { size: older, root: rootOfHashes(leaves.slice(0, older)) };
        expect(verifyConsistency({ older: head, newer: { size, root: rootOfHashes(forked) }, proof })).toBe(
          false,
        );
      }),
      { numRuns: 60 },
    );
  });

  it('equal sizes need equal roots and no proof; the empty tree has one root', () => {
    const root = sha256(EMPTY_ROOT);
    const empty = { size: 0, root: EMPTY_ROOT };
    const invented = { size: 0, root };
    const one = { size: 1, root };
    expect(verifyConsistency({ older: empty, newer: empty, proof: [] })).toBe(true);
    expect(verifyConsistency({ older: empty, newer: one, proof: [] })).toBe(true);
    expect(verifyConsistency({ older: invented, newer: invented, proof: [] })).toBe(false);
    expect(verifyConsistency({ older: invented, newer: one, proof: [] })).toBe(false);
    expect(verifyConsistency({ older: empty, newer: one, proof: [root] })).toBe(false);
    expect(verifyConsistency({ older: one, newer: one, proof: [root] })).toBe(false);
    expect(verifyConsistency({ older: one, newer: empty, proof: [] })).toBe(false);
  });
});
