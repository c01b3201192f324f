import { BlockList, isIP } from 'node:net';
import { invalidPattern } from './invalid-pattern.ts';
import type { ValueTest } from './match-types.ts';
import { onText } from './text-tests.ts';

/** An address block of IPv4 or IPv6: `10.0.0.0/24`. */
export function cidr(operand: unknown): ValueTest {
  const [address = '', bits = '', ...rest] = typeof operand === 'string' ? operand.split('/') : [];
  const family = familyOf(address);
  if (!family || rest.length > 0 || !/^\d{1,3}$/.test(bits) || Number(bits) > (family === 'ipv4' ? 32 : 128)) {
    throw invalidPattern(`Malformed CIDR, one '/' required: ${String(operand)}`);
  }
  const block = new BlockList();
  block.addSubnet(address, Number(bits), family);
  return onText((value) => familyOf(value) === family && block.check(value, family));
}

function familyOf(address: string): 'ipv4' | 'ipv6' | undefined {
  const version = isIP(address);
  if (version === 0) return undefined;
  return version === 4 ? 'ipv4' : 'ipv6';
}
