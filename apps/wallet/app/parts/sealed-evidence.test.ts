/** The sealed line is read in words where it is of the registrar's form, and as it is otherwise. */
import { expect, it } from 'vitest';
import { evidenceFacts } from './sealed-evidence.ts';

const routes = [{ id: 'login', title: 'Practice Login', issuer: 'http://localhost:4602' }];
const values = (evidence: string) => evidenceFacts(evidence, routes)?.map(([, value]) => value);

it.each<[string, string, string[]]>([
  [
    'a passport',
    'passport GBR 123456789 (medium; http://localhost:4602)',
    ['Passport, GBR, number 123456789', 'Practice Login', 'checked'],
  ],
  [
    'two documents, at a provider that the policy has no more',
    'passport GBR 1; driving-licence DVLA A 01234567 (high; https://id.example/oidc)',
    ['Passport, GBR, number 1; Driving licence, DVLA, number A 01234567', 'id.example', 'checked closely'],
  ],
  [
    'somebody’s word',
    'no document (referee; vouched for by refuge The Refuge, Leeds, registered there)',
    ['none', 'The Refuge, Leeds (refuge), which vouched for you: you are registered there', 'on their word'],
  ],
  [
    'kinds that came later',
    'fishing-rod GBR 7 (medium; https://id.example)',
    ['fishing-rod, GBR, number 7', 'id.example', 'checked'],
  ],
])('%s', (_what, evidence, shown) => {
  expect(values(evidence)).toEqual(shown);
});

it.each([
  'passport',
  'passport GBR 1',
  'passport (medium; https://id.example)',
  'passport GBR 1 (certain; https://id.example)',
  'passport GBR 1 (medium; https://id.example',
  '',
])('%j stays as it is', (evidence) => {
  expect(values(evidence)).toBeUndefined();
});
