import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { duplicateNodeAddress } from '../../src/detectors/duplicate-node-address.ts';
import { contains, networkOf, overlap, parseAddress, parseCidr } from '../../src/detectors/network/address.ts';
import { networkOverlap } from '../../src/detectors/network-overlap.ts';
import { vipDuplicated } from '../../src/detectors/vip-duplicated.ts';
import { vipEqualsNicAddress } from '../../src/detectors/vip-equals-nic-address.ts';
import { vipEqualsNodeAddress } from '../../src/detectors/vip-equals-node-address.ts';
import { detect, entitiesOf } from '../support/detect.ts';
import { facts } from '../support/facts.ts';

const infrastructure = (api: string, ingress: string, more = '') => `
apiVersion: config.openshift.io/v1
kind: Infrastructure
metadata: {name: cluster}
status: {platformStatus: {type: BareMetal, baremetal: {apiServerInternalIPs: ["${api}"], ingressIPs: ["${ingress}"]${more}}}}
---`;
const node = (name: string, address: string) => `
apiVersion: v1
kind: Node
metadata: {name: ${name}}
status: {addresses: [{type: Hostname, address: ${name}}, {type: InternalIP, address: "${address}"}]}
---`;

describe('vip-equals-node-address', () => {
  const run = (text: string) => detect(vipEqualsNodeAddress, facts({ resources: text })).findings;

  it('finds the node', () => {
    const [finding] = run(
      infrastructure('192.0.2.23', '192.0.2.11') + node('m-0', '192.0.2.20') + node('m-1', '192.0.2.23'),
    );
    expect(entitiesOf(finding)).toEqual(['vip:192.0.2.23', 'node:m-1']);
    expect(finding?.evidence.map(({ text }) => text)).toEqual([
      'apiServerInternalIPs: 192.0.2.23',
      'address: 192.0.2.23',
    ]);
  });

  it('is silent about free VIPs', () => {
    expect(run(infrastructure('192.0.2.10', '192.0.2.11') + node('m-0', '192.0.2.20'))).toEqual([]);
  });
});

describe('vip-equals-nic-address', () => {
  const host = (...ips: string[]) => `
apiVersion: metal3.io/v1alpha1
kind: BareMetalHost
metadata: {name: h-1, namespace: openshift-machine-api}
status: {hardware: {nics: [${ips.map((ip, index) => `{name: eno${index}, ip: "${ip}"}`).join(', ')}]}}
---`;
  const run = (text: string) => detect(vipEqualsNicAddress, facts({ resources: text }));

  it('finds the NIC that DHCP gave a VIP, however it is spelt', () => {
    const [finding] = run(infrastructure('2001:db8::5', '192.0.2.11') + host('192.0.2.30', '2001:DB8:0::5')).findings;
    expect(entitiesOf(finding)).toEqual(['vip:2001:db8::5', 'baremetalhost:openshift-machine-api/h-1']);
    expect(finding?.captures).toMatchObject({ role: 'API', interface: 'eno1' });
    expect(finding?.evidence.map(({ pointer }) => pointer)).toContain('/status/hardware/nics/1/ip');
  });

  it('is silent about other addresses and about NICs without any, and says where it cannot tell', () => {
    expect(run(infrastructure('192.0.2.10', '192.0.2.11') + host('192.0.2.30', ''))).toEqual({
      findings: [],
      noData: [],
    });
    expect(run(infrastructure('192.0.2.10', '192.0.2.11')).noData).toHaveLength(1);
  });
});

describe('vip-duplicated', () => {
  const run = (text: string) => detect(vipDuplicated, facts({ resources: text })).findings;

  it('finds one address in both roles, however it is spelt', () => {
    expect(run(infrastructure('2001:db8::a', '2001:DB8:0::A')).map(entitiesOf)).toEqual([['vip:2001:db8::a']]);
  });

  it('is silent about two addresses and about a load balancer of the user', () => {
    expect(run(infrastructure('192.0.2.10', '192.0.2.11'))).toEqual([]);
    expect(run(infrastructure('192.0.2.10', '192.0.2.10', ', loadBalancer: {type: UserManaged}'))).toEqual([]);
  });
});

describe('duplicate-node-address', () => {
  const run = (text: string) => detect(duplicateNodeAddress, facts({ resources: text })).findings;

  it('finds two nodes with one address', () => {
    expect(run(node('a', '10.0.0.5') + node('b', '10.0.0.6') + node('c', '10.0.0.5')).map(entitiesOf)).toEqual([
      ['node:a', 'node:c'],
    ]);
  });

  it('is silent about different and about unreadable addresses', () => {
    expect(
      run(node('a', '10.0.0.5') + node('b', '10.0.0.6') + node('c', 'x-ipv4-1-x') + node('d', 'x-ipv4-1-x')),
    ).toEqual([]);
  });
});

describe('network-overlap', () => {
  const network = (cluster: string, service: string) => `
apiVersion: config.openshift.io/v1
kind: Network
metadata: {name: cluster}
spec: {clusterNetwork: [{cidr: ${cluster}, hostPrefix: 23}], serviceNetwork: [${service}]}
---`;
  const machines = (cidr: string) => ({ 'install-config': `networking: {machineNetwork: [{cidr: ${cidr}}]}` });
  const run = (resources: string, machineNetwork = '192.168.79.0/25') =>
    detect(networkOverlap, facts({ resources, documents: machines(machineNetwork) })).findings;

  it('finds a service network inside the cluster network', () => {
    const [finding] = run(network('10.128.0.0/14', '10.130.0.0/16'));
    expect(entitiesOf(finding)).toEqual(['network:10.128.0.0/14', 'network:10.130.0.0/16']);
    expect(finding).toMatchObject({
      severity: 'error',
      captures: { firstRole: 'cluster network', secondRole: 'service network' },
    });
  });

  it('is graver when nodes live in the overlap', () => {
    const text = network('10.128.0.0/14', '172.30.0.0/16') + node('m-0', '10.129.0.7');
    expect(run(text, '10.129.0.0/16')[0]?.severity).toBe('critical');
    expect(run(network('10.128.0.0/14', '172.30.0.0/16'), '10.129.0.0/16')[0]?.severity).toBe('error');
  });

  it('is silent about separate ranges of both families', () => {
    expect(run(network('10.128.0.0/14', '172.30.0.0/16'), '10.0.0.0/16')).toEqual([]);
    expect(run(network('"fd01::/48"', '"fd02::/112"'), '10.0.0.0/16')).toEqual([]);
  });
});

describe('addresses', () => {
  const octets = fc.array(fc.integer({ min: 0, max: 255 }), { minLength: 4, maxLength: 4 });

  it('hold and overlap as their numbers do', () => {
    fc.assert(
      fc.property(octets, octets, fc.integer({ min: 0, max: 32 }), (a, b, bits) => {
        const value = (parts: number[]) => parts.reduce((sum, part) => sum * 256 + part, 0);
        const size = 2 ** (32 - bits);
        const same = Math.floor(value(a) / size) === Math.floor(value(b) / size);
        const cidr = parseCidr(`${a.join('.')}/${bits}`)!;
        expect(contains(cidr, parseAddress(b.join('.'))!)).toBe(same);
        expect(overlap(cidr, parseCidr(`${b.join('.')}/${bits}`)!)).toBe(same);
        expect(contains(parseCidr(networkOf(cidr))!, cidr.address)).toBe(true);
      }),
      { numRuns: 200 },
    );
  });

  it.each(['', '10', '10.1', '010.0.0.1', '256.0.0.1', 'x-ipv4-0000000001-x', 'fe80::1%eth0', ':::', 'example.com'])(
    'are not made of %j',
    (text) => {
      expect(parseAddress(text)).toBeUndefined();
    },
  );

  it.each(['10.0.0.0', '10.0.0.0/33', '10.0.0.0/', '10.0.0.0/-1', '::/129', '/24', 'x-ipv4-1-x/24'])(
    '%j is no network',
    (text) => {
      expect(parseCidr(text)).toBeUndefined();
    },
  );
});
