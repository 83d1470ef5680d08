import { contains, isAddressBlock } from '../../../../functions/adapters/clients/addresses.ts';

test.each([
  ['192.0.2.7', ['192.0.2.7'], true],
  ['192.0.2.8', ['192.0.2.7'], false],
  ['192.0.2.255', ['198.51.100.0/24', '192.0.2.0/24'], true],
  ['192.0.3.0', ['192.0.2.0/24'], false],
  ['203.0.113.9', ['0.0.0.0/0'], true],
  ['2001:db8::1', ['0.0.0.0/0'], false],
  ['2001:db8::1', ['2001:db8::/32'], true],
  ['2001:DB8:0:0::1', ['2001:db8::1'], true],
  ['2001:db9::1', ['2001:db8::/32'], false],
  ['192.0.2.7', [], false],
  ['192.0.2.7', ['nonsense', '192.0.2.0/99'], false],
  ['nonsense', ['0.0.0.0/0', '::/0'], false],
  ['', ['0.0.0.0/0', '::/0'], false],
])('%s in %j: %s', (address, blocks, expected) => {
  expect(contains(blocks, address)).toBe(expected);
});

test.each(['10.0.0.0/8', '192.0.2.7', '::1', '2001:db8::/32', '0.0.0.0/0'])('%s is a block', (text) => {
  expect(isAddressBlock(text)).toBe(true);
});

test.each([
  '',
  '/8',
  '10.0.0.0/',
  '10.0.0.0/-1',
  '10.0.0.0/1e1',
  '256.0.0.1',
  'fe80::1%eth0',
  'example.com',
  '10.0.0.0/8 ',
])('%j is none', (text) => {
  expect(isAddressBlock(text)).toBe(false);
});
