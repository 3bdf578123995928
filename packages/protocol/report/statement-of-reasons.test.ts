import { describe, expect, it } from 'vitest';
import { type StatementOfReasons, statementOfReasons } from './statement-of-reasons.ts';
import { toTransparencyDatabase } from './transparency-database.ts';

const hidden: StatementOfReasons = {
  puid: 'AAAAAAAAAAAAAAAAAAAAAA',
  decision_visibility: ['DECISION_VISIBILITY_CONTENT_DISABLED'],
  decision_ground: 'DECISION_GROUND_INCOMPATIBLE_CONTENT',
  incompatible_content_ground: '3.1 Do not hound people',
  incompatible_content_explanation: 'Forty messages at one person are hounding.',
  content_type: ['CONTENT_TYPE_TEXT'],
  category: 'STATEMENT_CATEGORY_CYBER_VIOLENCE',
  territorial_scope: ['GB', 'IE'],
  content_date: '2026-11-20',
  application_date: '2026-11-27',
  decision_facts: 'Forty messages within one hour.',
  source_type: 'SOURCE_ARTICLE_16',
  automated_detection: 'No',
  automated_decision: 'AUTOMATED_DECISION_NOT_AUTOMATED',
  terms_clause: '3.1',
  how_to_complain: 'You can appeal.',
  right_to_claim: 'You can bring a claim.',
};
const { decision_visibility: _, ...undecided } = hidden;
const { incompatible_content_ground: __, incompatible_content_explanation: ___, ...groundless } = hidden;
const illegal = {
  ...groundless,
  decision_ground: 'DECISION_GROUND_ILLEGAL_CONTENT',
  illegal_content_legal_ground: 'Suicide Act 1961, s.2',
  illegal_content_explanation: 'It urges somebody on.',
};
const fieldOf = (value: object): string | undefined =>
  statementOfReasons.safeParse(value).error?.issues[0]?.path[0]?.toString();

describe('a statement of reasons holds for', () => {
  it.each<[string, object]>([
    ['a hidden post', hidden],
    ['a post against the law', illegal],
    ['one against the terms that is illegal too', { ...hidden, incompatible_content_illegal: 'Yes' }],
    [
      'a warning',
      {
        ...hidden,
        decision_visibility: ['DECISION_VISIBILITY_OTHER'],
        decision_visibility_other: 'A warning to the author',
      },
    ],
    [
      'a restriction that ends',
      {
        ...undecided,
        decision_provision: 'DECISION_PROVISION_PARTIAL_SUSPENSION',
        end_date_service_restriction: '2026-12-27',
      },
    ],
    [
      'a suspension that ends',
      {
        ...undecided,
        decision_account: 'DECISION_ACCOUNT_SUSPENDED',
        account_type: 'ACCOUNT_TYPE_PRIVATE',
        end_date_account_restriction: '2026-11-27',
      },
    ],
    ['a bar', { ...undecided, decision_account: 'DECISION_ACCOUNT_TERMINATED' }],
    [
      'money that is held back',
      {
        ...undecided,
        decision_monetary: 'DECISION_MONETARY_OTHER',
        decision_monetary_other: 'No tips for a month',
        end_date_monetary_restriction: '2026-12-27',
      },
    ],
    [
      'a picture and a video, by keyword and in two categories',
      {
        ...hidden,
        content_type: ['CONTENT_TYPE_IMAGE', 'CONTENT_TYPE_VIDEO'],
        content_language: 'CY',
        category_addition: ['STATEMENT_CATEGORY_SELF_HARM'],
        category_specification: ['KEYWORD_SUICIDE', 'KEYWORD_OTHER'],
        category_specification_other: 'Pro-suicide page',
      },
    ],
    ['a product that has a number', { ...hidden, content_id: { 'EAN-13': '0123456789123' } }],
    ['an address of the terms', { ...hidden, decision_ground_reference_url: 'https://a.example/terms#3' }],
    ['a trusted flagger', { ...hidden, source_type: 'SOURCE_TRUSTED_FLAGGER', source_identity: 'A hotline' }],
    ['what was recorded in a category of before', retired()],
  ])('%s', (_name, value) => expect(statementOfReasons.safeParse(value).error?.issues).toBeUndefined());
});

function retired() {
  return { ...hidden, category: 'STATEMENT_CATEGORY_SCOPE_OF_PLATFORM_SERVICE' } as const;
}

describe('a statement of reasons is refused', () => {
  it.each<[string, string, object]>([
    ['no decision at all', 'decision_visibility', undecided],
    ['an empty list of decisions', 'decision_visibility', { ...hidden, decision_visibility: [] }],
    [
      'the same decision twice',
      'decision_visibility',
      {
        ...hidden,
        decision_visibility: ['DECISION_VISIBILITY_CONTENT_REMOVED', 'DECISION_VISIBILITY_CONTENT_REMOVED'],
      },
    ],
    ['a decision that nobody knows', 'decision_visibility', { ...hidden, decision_visibility: ['SHADOWED'] }],
    [
      'another decision without its words',
      'decision_visibility_other',
      { ...hidden, decision_visibility: ['DECISION_VISIBILITY_OTHER'] },
    ],
    [
      'words for another decision without it',
      'decision_visibility_other',
      { ...hidden, decision_visibility_other: 'x' },
    ],
    [
      'another decision about money without its words',
      'decision_monetary_other',
      { ...hidden, decision_monetary: 'DECISION_MONETARY_OTHER' },
    ],
    [
      'an end without what ends',
      'end_date_account_restriction',
      { ...hidden, end_date_account_restriction: '2026-12-01' },
    ],
    [
      'an end before the beginning',
      'end_date_visibility_restriction',
      { ...hidden, end_date_visibility_restriction: '2026-11-26' },
    ],
    [
      'an end beyond the calendar',
      'end_date_visibility_restriction',
      { ...hidden, end_date_visibility_restriction: '2038-01-02' },
    ],
    ['no ground', 'decision_ground', { ...hidden, decision_ground: undefined }],
    [
      'an illegal ground without its law',
      'illegal_content_legal_ground',
      { ...illegal, illegal_content_legal_ground: undefined },
    ],
    [
      'an illegal ground without why',
      'illegal_content_explanation',
      { ...illegal, illegal_content_explanation: undefined },
    ],
    ['a ground in the terms without its clause', 'incompatible_content_ground', groundless],
    [
      'both grounds at once',
      'illegal_content_legal_ground',
      { ...hidden, illegal_content_legal_ground: 'x' },
    ],
    ['illegal twice', 'incompatible_content_illegal', { ...illegal, incompatible_content_illegal: 'Yes' }],
    [
      'an address that is a script',
      'decision_ground_reference_url',
      { ...hidden, decision_ground_reference_url: 'javascript:x' },
    ],
    ['content of no type', 'content_type', { ...hidden, content_type: [] }],
    [
      'content of another type without words',
      'content_type_other',
      { ...hidden, content_type: ['CONTENT_TYPE_OTHER'] },
    ],
    ['words for another type without it', 'content_type_other', { ...hidden, content_type_other: 'x' }],
    ['a category of its own', 'category', { ...hidden, category: 'STATEMENT_CATEGORY_RUDE' }],
    [
      'the category once more',
      'category_addition',
      { ...hidden, category_addition: ['STATEMENT_CATEGORY_CYBER_VIOLENCE'] },
    ],
    [
      'a retired category beside',
      'category_addition',
      { ...hidden, category_addition: [retired().category] },
    ],
    ['a keyword of its own', 'category_specification', { ...hidden, category_specification: ['rude'] }],
    [
      'another keyword without saying so',
      'category_specification_other',
      { ...hidden, category_specification_other: 'x' },
    ],
    ['a country in words', 'territorial_scope', { ...hidden, territorial_scope: ['Ireland'] }],
    ['a language in small letters', 'content_language', { ...hidden, content_language: 'en' }],
    ['a language that is none', 'content_language', { ...hidden, content_language: 'XX' }],
    ['content from before there was any', 'content_date', { ...hidden, content_date: '1999-12-31' }],
    ['a day that is none', 'content_date', { ...hidden, content_date: '2026-02-30' }],
    [
      'a decision from before there was a law',
      'application_date',
      { ...hidden, application_date: '2019-12-31' },
    ],
    ['no facts', 'decision_facts', { ...hidden, decision_facts: '' }],
    ['5,001 characters of facts', 'decision_facts', { ...hidden, decision_facts: 'x'.repeat(5001) }],
    [
      '2,001 characters of why',
      'incompatible_content_explanation',
      { ...hidden, incompatible_content_explanation: 'x'.repeat(2001) },
    ],
    [
      '501 characters of ground',
      'incompatible_content_ground',
      { ...hidden, incompatible_content_ground: 'x'.repeat(501) },
    ],
    ['a source that nobody knows', 'source_type', { ...hidden, source_type: 'SOURCE_RUMOUR' }],
    [
      'who reported, where nobody did',
      'source_identity',
      { ...hidden, source_type: 'SOURCE_VOLUNTARY', source_identity: 'x' },
    ],
    ['perhaps', 'automated_detection', { ...hidden, automated_detection: 'Perhaps' }],
    ['half automated', 'automated_decision', { ...hidden, automated_decision: 'AUTOMATED_DECISION_HALF' }],
    ['a puid with a space', 'puid', { ...hidden, puid: 'AAAAAAAAAAAAAAAAAAAAA ' }],
    ['twelve digits of a product', 'content_id', { ...hidden, content_id: { 'EAN-13': '012345678912' } }],
    ['a number of another kind', 'content_id', { ...hidden, content_id: { ISBN: '0123456789123' } }],
    ['no clause', 'terms_clause', { ...hidden, terms_clause: '' }],
    ['no way to complain', 'how_to_complain', { ...hidden, how_to_complain: undefined }],
    ['no right to claim', 'right_to_claim', { ...hidden, right_to_claim: undefined }],
  ])('%s', (_sin, field, value) => expect(fieldOf(value)).toBe(field));
  it('a field too many', () =>
    expect(statementOfReasons.safeParse({ ...hidden, author: 'x' }).success).toBe(false));
});

describe('what is handed in to the database', () => {
  it('leaves our own fields and every source at home, and keeps to its countries', () => {
    const source = { source_type: 'SOURCE_TRUSTED_FLAGGER', source_identity: 'Rosa' } as const;
    const given = toTransparencyDatabase({ ...hidden, ...source });
    expect(given?.territorial_scope).toEqual(['IE']);
    for (const field of ['terms_clause', 'how_to_complain', 'right_to_claim', 'source_identity'])
      expect(given).not.toHaveProperty(field);
    expect(given).toMatchObject({ puid: hidden.puid, decision_facts: hidden.decision_facts });
  });
  it('has nothing for a decision that holds in the United Kingdom only', () =>
    expect(toTransparencyDatabase({ ...hidden, territorial_scope: ['GB'] })).toBeUndefined());
  it('says in today’s words what was recorded in those of before', () =>
    expect(toTransparencyDatabase(retired())?.category).toBe('STATEMENT_CATEGORY_OTHER_VIOLATION_TC'));
  it('throws for what does not fit, rather than hand it in', () =>
    expect(() => toTransparencyDatabase({ ...hidden, decision_facts: '' })).toThrow());
});
