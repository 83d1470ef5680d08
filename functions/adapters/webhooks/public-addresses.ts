/** Which addresses a webhook may be sent to: those that are public on the internet. */
import { BlockList, isIP, isIPv4 } from 'node:net';

/** IANA, "IPv4 Special-Purpose Address Registry", and multicast: none of these is a host on the internet. */
const NOT_PUBLIC = [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.0.2.0', 24],
  ['192.88.99.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['198.51.100.0', 24],
  ['203.0.113.0', 24],
  ['224.0.0.0', 4],
  ['240.0.0.0', 4],
] as const;
const blocked = new BlockList();
for (const [network, prefix] of NOT_PUBLIC) blocked.addSubnet(network, prefix, 'ipv4');

/** Global unicast is 2000::/3; of it, documentation and what carries an IPv4 address within (6to4, Teredo) is left out. */
const unicast = new BlockList();
unicast.addSubnet('2000::', 3, 'ipv6');
const carrying = new BlockList();
carrying.addSubnet('2001::', 32, 'ipv6');
carrying.addSubnet('2001:db8::', 32, 'ipv6');
carrying.addSubnet('2002::', 16, 'ipv6');
carrying.addSubnet('3fff::', 20, 'ipv6');

const loopback = new BlockList();
loopback.addSubnet('127.0.0.0', 8, 'ipv4');
loopback.addAddress('::1', 'ipv6');

const familyOf = (address: string) => (isIPv4(address) ? 'ipv4' : 'ipv6');

export function isPublic(address: string): boolean {
  if (isIP(address) === 0) return false;
  if (isIPv4(address)) return !blocked.check(address, 'ipv4');
  return unicast.check(address, 'ipv6') && !carrying.check(address, 'ipv6');
}

export function isLoopback(address: string): boolean {
  return isIP(address) !== 0 && loopback.check(address, familyOf(address));
}

/** The host of a URL as an address, or undefined when it is a name. */
export function addressIn({ hostname }: URL): string | undefined {
  const bare = hostname.replace(/^\[|\]$/g, '');
  return isIP(bare) === 0 ? undefined : bare;
}

/**
 * What is wrong with the address of a webhook, or undefined. Names are looked up at each delivery, because DNS may change.
 *
 * @param toLoopback whether this machine may be called, also by plain http: of the service on one machine alone
 */
export function urlFault(text: string, toLoopback: boolean): string | undefined {
  if (!URL.canParse(text)) return 'must be an absolute https URL';
  const url = new URL(text);
  const address = addressIn(url);
  const isLocal = url.hostname === 'localhost' || (address !== undefined && isLoopback(address));
  if (isLocal && toLoopback && (url.protocol === 'http:' || url.protocol === 'https:')) return credentialsFault(url);
  if (url.protocol !== 'https:') return 'must begin with https://';
  if (isLocal || (address !== undefined && !isPublic(address))) return 'must be a public address';
  return credentialsFault(url);
}

function credentialsFault({ username, password }: URL): string | undefined {
  return username === '' && password === ''
    ? undefined
    : 'must contain no user name or password: deliveries are signed';
}
