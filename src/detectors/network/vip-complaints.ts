import type { Evidence } from '../../model/finding.ts';
import type { Resource } from '../../model/resource.ts';
import { conditionEvidence, conditionsOf } from '../objects/condition.ts';
import { type Address, canonical, parseAddress } from './address.ts';
import type { VipRole } from './platform.ts';

export interface VipComplaint {
  readonly address: Address;
  readonly text: string;
  readonly role?: VipRole;
  readonly evidence: Evidence;
}

// Error on validating API VIPs and Machine Networks: VIP '10.46.124.13' cannot be found in any machine network
const COMPLAINT =
  /(?:validating (API|Ingress) VIPs and Machine Networks: )?VIP '([0-9a-fA-F:.]{2,45})' cannot be found in any machine network/gi;

/** What the network operator itself says of VIPs in its present conditions, once for each address. */
export function vipComplaints(operators: readonly Resource[]): VipComplaint[] {
  const complaints = new Map<string, VipComplaint>();
  for (const operator of operators.filter(({ name }) => name === 'network'))
    for (const condition of conditionsOf(operator).filter(({ status }) => status === 'True'))
      for (const [, role, text] of condition.message.matchAll(COMPLAINT)) {
        const address = parseAddress(text as string);
        if (address === undefined || complaints.has(canonical(address))) continue;
        complaints.set(canonical(address), {
          address,
          text: text as string,
          ...(role !== undefined && { role: role.toLowerCase() === 'api' ? 'API' : 'Ingress' }),
          evidence: conditionEvidence(operator, condition),
        });
      }
  return [...complaints.values()];
}
