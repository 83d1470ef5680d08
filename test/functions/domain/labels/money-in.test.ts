/** The kinds of incoming money: pay, money back, a pay-out. */
import { tinyLabeller } from '../../../support/tiny-labeller.ts';

const IN = 5000;

describe('money that comes in', () => {
  const brands = [
    { brand: 'shop', out: ['grocery'] },
    { brand: 'pump', out: ['fuel'] },
    { brand: 'both', out: ['pets'], in: [] },
    { brand: 'cover', out: ['insurance'] },
    { brand: 'bets', out: ['gambling'] },
    { brand: 'silent', out: [] },
    { brand: 'broker', in: ['gambling'], out: ['gambling'] },
    { brand: 'office', in: ['fee'], out: ['fee'] },
  ];
  const words = [
    { words: ['pensja'], in: ['compensation'] },
    { words: ['premia'], in: ['compensation', 'extra pay'] },
    { words: ['wyplata'], in: ['compensation'], weak: true },
    { words: ['moze'], in: ['culture'], weak: true },
  ];
  const merchantCodes = [
    { mcc: '1000', out: ['pets'] },
    { mcc: '1001', out: ['pets'], weak: true },
    { mcc: '1002', out: [] },
    { mcc: '1003', out: ['pets'], in: ['fee'], weak: true },
    { mcc: '1004', in: [] },
  ];
  const bankCodes = [{ code: 'A/*/*', in: ['compensation'] }];
  const gateways = [{ gateway: 'rail', patterns: ['rail'] }];
  const { say } = tinyLabeller({ brands, words, merchantCodes, bankCodes, gateways });
  const code = (merchantCategoryCode: string) => ({ merchantCategoryCode });
  const byRail = { 'payment processor': 'gateway rail' };

  test.each([
    ['a shop gives money back', 'shop', {}, { refund: 'brand shop, money back' }],
    ['a brand that knows what comes in is no shop', 'both', {}, {}],
    ['an insurer gives none back', 'cover', {}, {}],
    ['a brand that sells nothing gives none back', 'silent', {}, {}],
    ['a code of what is sold gives money back', 'x', code('1000'), { refund: 'code 1000, money back' }],
    ['one used loosely as well', 'x', code('1001'), { refund: 'code 1001, money back' }],
    ['a code of nothing does not', 'x', code('1002'), {}],
    ['one that knows nothing of money that goes out neither', 'x', code('1004'), {}],
    ['a brand gives the reason before a code', 'shop', code('1000'), { refund: 'brand shop, money back' }],
    ['an insurer under a code', 'cover', code('1000'), { refund: 'code 1000, money back' }],
    ['a word goes before a refund', 'shop pensja', {}, { compensation: 'word "pensja"' }],
    ['the code of the bank does', 'shop', { bankTransactionCode: 'A/B/C' }, { compensation: 'bank code A/B/C' }],
    ['a weak word of pay does for a shop', 'shop wyplata', {}, { compensation: 'word "wyplata"' }],
    ['not for another brand', 'pump wyplata', {}, { refund: 'brand pump, money back' }],
    ['another weak word does not', 'shop moze', {}, { refund: 'brand shop, money back' }],
    ['a pay-out of a bookmaker is no pay', 'bets wyplata', {}, { refund: 'brand bets, money back' }],
    ['a pay-out of an insurer is no pay', 'cover wyplata', {}, {}],
    ['a bonus of an insurer neither', 'cover premia', {}, {}],
    ['what is surely pay is pay', 'cover pensja', {}, { compensation: 'word "pensja"' }],
    ['a weak word that is no pay', 'cover moze', {}, { culture: 'word "moze"' }],
    ['a pay-out through a rail is no pay', 'rail wyplata', {}, byRail],
    ['a bonus through a rail neither', 'rail premia', {}, byRail],
    ['pay through a rail', 'rail pensja', {}, { compensation: 'word "pensja"', ...byRail }],
    ['a weak word through a rail', 'rail moze', {}, { culture: 'word "moze"', ...byRail }],
    ['the word for pay goes before what the payer is', 'broker pensja', {}, { compensation: 'word "pensja"' }],
    ['even before its code', 'broker pensja', code('1003'), { compensation: 'word "pensja"' }],
    ['a pay-out without it is one', 'broker', {}, { gambling: 'brand broker' }],
    ['a weak word or a bonus is not enough', 'broker wyplata premia', {}, { gambling: 'brand broker' }],
    ['an office that pays benefits is what it is', 'office pensja', {}, { fee: 'brand office' }],
    ['a bonus alone', 'premia', {}, { compensation: 'word "premia"', 'extra pay': 'word "premia"' }],
    ['a code that knows what comes in', 'x', code('1003'), { refund: 'code 1003, money back' }],
  ])('%s', (_, title, row, expected) => {
    expect(say({ title, amount: IN, ...row }).labels).toEqual(expected);
  });

  test('the word for pay says nothing of money that goes out', () => {
    expect(say({ title: 'broker pensja', amount: -IN }).labels).toEqual({ gambling: 'brand broker' });
  });

  test('a zero amount says nothing but what the publisher does', () => {
    expect(say({ title: 'shop rail', amount: 0, labels: ['pets'] }).labels).toEqual({ pets: 'publisher' });
    expect(say({ title: 'shop', amount: 1 }).labels).toEqual({ refund: 'brand shop, money back' });
    expect(say({ title: 'shop', amount: -1 }).labels).toEqual({ grocery: 'brand shop' });
  });
});
