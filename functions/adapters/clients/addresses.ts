/** Lists of network addresses: single ones and CIDR blocks, IPv4 and IPv6. */
import { BlockList, isIP } from 'node:net';
import { PermanentError } from '../../runtime/errors.ts';

/** Whether the text is an address (`203.0.113.7`) or a block of them (`203.0.113.0/24`, `2001:db8::/32`). */
export function isAddressBlock(text: string): boolean {
  return parse(text) !== undefined;
}

/** Whether an address is in one of the blocks. An unreadable block allows nothing. */
export function contains(blocks: readonly string[], address: string): boolean {
  const family = familyOf(address);
  if (!family) return false;
  const list = new BlockList();
  for (const block of blocks) {
    const parsed = parse(block);
    if (parsed) list.addSubnet(parsed.address, parsed.prefix, parsed.family);
  }
  return list.check(address, family);
}

/** Whether every address of a block is in another one. */
export function isWithin(block: string, bound: string): boolean {
  const [inner, outer] = [parse(block), parse(bound)];
  if (!inner || !outer || inner.family !== outer.family || inner.prefix < outer.prefix) return false;
  return contains([bound], inner.address);
}

function parse(text: string) {
  const [address = '', prefix, ...rest] = text.split('/');
  const family = familyOf(address);
  if (!family || rest.length > 0) return undefined;
  const longest = family === 'ipv4' ? 32 : 128;
  if (prefix === undefined) return { address, prefix: longest, family };
  if (!/^\d{1,3}$/.test(prefix) || Number(prefix) > longest) return undefined;
  return { address, prefix: Number(prefix), family };
}

function familyOf(address: string): 'ipv4' | 'ipv6' | undefined {
  // A zone (`fe80::1%eth0`) names a link of this machine: it means nothing in a list.
  if (address.includes('%')) return undefined;
  const version = isIP(address);
  return version === 4 ? 'ipv4' : version === 6 ? 'ipv6' : undefined;
}

/** An address that cannot be read would lock the client out silently. @throws PermanentError INVALID_ADDRESS */
export function checkAddresses(addresses: readonly string[] = []): void {
  const odd = addresses.find((address) => !isAddressBlock(address));
  if (odd !== undefined) {
    throw new PermanentError('INVALID_ADDRESS', `"${odd}" is not an address or a CIDR block such as 203.0.113.0/24`);
  }
}
