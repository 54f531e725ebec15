/** Which addresses a server may be sent to by somebody who only names a URL. */
import { BlockList, isIP } from 'node:net';

export type AddressKind = 'public' | 'private' | 'forbidden';

const listOf = (networks: readonly string[]): BlockList => {
  const list = new BlockList();
  for (const network of networks) {
    const [address = '', prefix] = network.split('/');
    list.addSubnet(address, Number(prefix), isIP(address) === 6 ? 'ipv6' : 'ipv4');
  }
  return list;
};

/** What a cloud tells its machines about themselves, keys among it; these look like ordinary addresses. */
const METADATA = listOf(['100.100.100.200/32', '168.63.129.16/32', 'fd00:ec2::/32']);

/** This machine and the networks of a house. */
const PRIVATE = listOf([
  '10.0.0.0/8',
  '100.64.0.0/10',
  '127.0.0.0/8',
  '172.16.0.0/12',
  '192.168.0.0/16',
  '::1/128',
  'fc00::/7',
]);

/** No host to talk to: this network, link-local (metadata of most clouds), documentation, tests, multicast, reserved. */
const NO_HOST = listOf([
  '0.0.0.0/8',
  '169.254.0.0/16',
  '192.0.0.0/24',
  '192.0.2.0/24',
  '192.88.99.0/24',
  '198.18.0.0/15',
  '198.51.100.0/24',
  '203.0.113.0/24',
  '224.0.0.0/3',
  '2001::/23',
  '2001:db8::/32',
  '2002::/16',
  '3fff::/20',
]);

/** IPv6 addresses of the internet; outside of it are those that carry an IPv4 address inside. */
const GLOBAL_IPV6 = listOf(['2000::/3']);

/** The kind of an IP address; what is no address is forbidden. */
export function kindOfAddress(address: string): AddressKind {
  const version = isIP(address);
  if (version === 0) return 'forbidden';
  const family = version === 6 ? 'ipv6' : 'ipv4';
  if (METADATA.check(address, family)) return 'forbidden';
  if (PRIVATE.check(address, family)) return 'private';
  if (NO_HOST.check(address, family)) return 'forbidden';
  return family === 'ipv4' || GLOBAL_IPV6.check(address, 'ipv6') ? 'public' : 'forbidden';
}
