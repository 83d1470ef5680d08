/** Where, with what and for what amounts rules apply. */
import { tinyLabeller } from '../../../support/tiny-labeller.ts';

describe('limits of rules', () => {
  const words = [
    { words: ['alfa'], out: ['pets'], with: ['clue*'] },
    { words: ['beta'], out: ['fee'], unless: ['never'] },
    { words: ['gamma'], out: ['culture'], countries: ['PT', 'DE'] },
    { words: ['delta'], out: ['fuel'], atLeast: 10, atMost: 20 },
    { words: ['zeta'], out: ['bank'], field: ['party' as const] },
  ];
  const { labels } = tinyLabeller({ words });

  test.each(['title', 'party', 'kind'])('clues count in the %s as well', (field) => {
    expect(labels({ title: 'alfa', [field]: 'alfa clues' })).toEqual(['pets']);
    expect(labels({ title: 'beta', [field]: 'beta never' })).toEqual([]);
    expect(labels({ title: 'alfa', [field]: 'alfa never' })).toEqual([]);
    expect(labels({ title: 'beta', [field]: 'beta clues' })).toEqual(['fee']);
  });

  test('countries: of the account, of its currency, or where the row was paid', () => {
    const EURO = { accountId: 'a', currency: 'EUR' };
    expect(labels('gamma')).toEqual([]);
    expect(labels('gamma', { iban: 'DE1', currency: 'PLN' })).toEqual(['culture']);
    expect(labels('gamma', EURO)).toEqual(['culture']);
    expect(labels('gamma', { accountId: 'a', currency: 'QQQ' })).toEqual([]);
    expect(labels('gamma LISBOA PT')).toEqual(['culture']);
  });

  test('bounds of the amount, both included, in EUR', () => {
    const of = (amount: number) => labels({ title: 'delta', amount });
    expect([-3990, -4000, -8000, -8010].map(of)).toEqual([[], ['fuel'], ['fuel'], []]);
    expect(labels({ party: 'delta', amount: -8010 })).toEqual([]);
    expect(labels({ kind: 'delta', amount: -8010 })).toEqual([]);
    expect(labels({ party: 'delta', amount: -4000 })).toEqual(['fuel']);
    expect(labels({ kind: 'delta', amount: -4000 })).toEqual(['fuel']);
  });

  test('the least amount of all', () => {
    const { labels: of } = tinyLabeller({ words: [{ words: ['delta'], out: ['fuel'], atLeast: 0.01 }] });
    expect([of({ title: 'delta', amount: -1 }), of({ title: 'delta', amount: -4 })]).toEqual([[], ['fuel']]);
  });

  test('an amount that one rule of several asks for', () => {
    const { labels: of } = tinyLabeller({ words: [...words, { words: ['eta'], out: [] }] });
    expect(of({ title: 'eta delta', amount: -8010 })).toEqual([]);
    expect(of({ title: 'delta eta', amount: -8010 })).toEqual([]);
    expect(of({ title: 'eta delta', amount: -4000 })).toEqual(['fuel']);
    expect(of({ title: 'delta eta', amount: -4000 })).toEqual(['fuel']);
  });

  test('a label that the catalogue does not know is none', () => {
    const rules = { brands: [{ brand: 'alfa', out: ['pets'] }], words: [{ words: ['beta'], out: ['fee', 'fuel'] }] };
    expect(tinyLabeller(rules, ['fuel']).labels('alfa beta')).toEqual(['fuel']);
  });

  test('fields', () => {
    expect([labels('zeta'), labels({ party: 'zeta' }), labels({ kind: 'zeta' })]).toEqual([[], ['bank'], []]);
  });
});
