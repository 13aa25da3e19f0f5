import { describe, expect, it } from 'vitest';
import { vipNotInMachineNetwork } from '../../src/detectors/vip-not-in-machine-network.ts';
import { detect, entitiesOf } from '../support/detect.ts';
import { type FactsInput, facts } from '../support/facts.ts';

const infrastructure = (platform: string, spec: string, status = spec) => `
apiVersion: config.openshift.io/v1
kind: Infrastructure
metadata: {name: cluster}
spec: {platformSpec: {type: X, ${platform}: ${spec}}}
status: {platformStatus: {type: X, ${platform}: ${status}}}
`;
const VIPS = 'apiServerInternalIPs: [10.46.124.13], ingressIPs: [10.46.120.14]';
const OUTSIDE = infrastructure('baremetal', `{${VIPS}, machineNetworks: [10.46.120.0/24]}`);

const complaint = (vip: string) => `
apiVersion: config.openshift.io/v1
kind: ClusterOperator
metadata: {name: network}
status:
  conditions:
  - type: Degraded
    status: "True"
    reason: SyncInfrastructureSpecAndStatus
    lastTransitionTime: "2025-12-02T19:00:12Z"
    message: "Error while synchronizing spec and status of infrastructures.config.openshift.io/cluster: Error on validating API VIPs and Machine Networks: VIP '${vip}' cannot be found in any machine network"
`;

const node = (cidrs: string) => `
apiVersion: v1
kind: Node
metadata: {name: master-0, annotations: {k8s.ovn.org/host-cidrs: '${cidrs}'}}
`;

const installConfig = (platform: string, machineNetwork: string) =>
  `networking: {machineNetwork: [{cidr: ${machineNetwork}}]}\nplatform: {${platform}: {apiVIPs: [10.46.124.13], ingressVIPs: [10.46.120.14]}}`;

const run = (input: FactsInput) => detect(vipNotInMachineNetwork, facts(input));
const files = (...texts: string[]) => ({ resources: texts.join('---\n') });

describe('vip-not-in-machine-network', () => {
  it('finds the one VIP that is outside', () => {
    const { findings } = run(files(OUTSIDE));
    expect(findings.map(entitiesOf)).toEqual([['vip:10.46.124.13', 'cluster:cluster']]);
    expect(findings[0]).toMatchObject({
      title: 'API VIP 10.46.124.13 is in none of the machine networks (10.46.120.0/24)',
      timeless: true,
    });
    expect(findings[0]?.captures).toMatchObject({
      role: 'API',
      inNodeSubnet: 'unknown',
      missingNetwork: 'NETWORK_OF_THE_VIP',
    });
  });

  it('gives each VIP its own finding, and one finding to a VIP in both roles', () => {
    const two = run(
      files(
        infrastructure(
          'vsphere',
          '{apiServerInternalIPs: [192.0.2.1], ingressIPs: [192.0.2.2], machineNetworks: [10.0.0.0/16]}',
        ),
      ),
    );
    expect(two.findings.map(({ captures }) => captures?.['role'])).toEqual(['API', 'Ingress']);
    const one = run(
      files(
        infrastructure(
          'nutanix',
          '{apiServerInternalIPs: [192.0.2.1], ingressIPs: [192.0.2.1], machineNetworks: [10.0.0.0/16]}',
        ),
      ),
    );
    expect(one.findings.map(({ captures }) => captures?.['role'])).toEqual(['API and ingress']);
  });

  it('reads the legacy single fields', () => {
    const old = infrastructure(
      'ovirt',
      '{}',
      '{apiServerInternalIP: 10.1.0.5, ingressIP: 10.2.0.6, machineNetworks: [10.2.0.0/16]}',
    );
    expect(run(files(old)).findings.flatMap(entitiesOf)).toContain('vip:10.1.0.5');
    expect(run(files(old)).findings).toHaveLength(1);
  });

  it('says whether the VIP lies in the subnet of a node, and not by the VIP itself', () => {
    const captures = (cidrs: string) => run(files(OUTSIDE, node(cidrs))).findings[0]?.captures;
    expect(captures('["10.46.124.21/23"]')).toMatchObject({
      inNodeSubnet: 'yes, 10.46.124.0/23',
      missingNetwork: '10.46.124.0/23',
    });
    expect(captures('["10.46.120.21/24","10.46.124.13/32"]')).toMatchObject({ inNodeSubnet: 'no' });
  });

  it('compares IPv6 and both stacks by address, not by spelling', () => {
    const dual = infrastructure(
      'baremetal',
      '{apiServerInternalIPs: [10.0.0.5, "2001:DB8:0:0::5"], ingressIPs: [10.0.0.6, "2001:db8:1::6"], machineNetworks: [10.0.0.0/24, "2001:db8::/64"]}',
    );
    expect(run(files(dual)).findings.map(entitiesOf)).toEqual([['vip:2001:db8:1::6', 'cluster:cluster']]);
  });

  it('is less sure of a family that has no machine network at all', () => {
    const lone = infrastructure('baremetal', '{apiServerInternalIPs: ["2001:db8::5"], machineNetworks: [10.0.0.0/24]}');
    expect(run(files(lone)).findings[0]?.confidence).toBeLessThan(run(files(OUTSIDE)).findings[0]?.confidence ?? 0);
  });

  it('believes the operator where Infrastructure was not gathered, without inventing a machine network', () => {
    const { findings, noData } = run(files(complaint('10.46.124.13')));
    expect(findings.map(entitiesOf)).toEqual([['vip:10.46.124.13', 'cluster:cluster']]);
    expect(findings[0]?.captures).toMatchObject({
      machineNetworks: 'list not gathered',
      platform: 'PLATFORM',
      role: 'API',
    });
    expect(findings[0]?.evidence[0]?.text).toContain("VIP '10.46.124.13' cannot be found");
    expect(noData).toEqual([]);
  });

  it('adds the words of the operator to the evidence', () => {
    const { findings } = run(files(OUTSIDE, complaint('10.46.124.13')));
    expect(findings).toHaveLength(1);
    expect(findings[0]?.evidence.map(({ text }) => text.split(':')[0])).toEqual([
      'apiServerInternalIPs',
      'machineNetworks',
      'Degraded=True SyncInfrastructureSpecAndStatus',
    ]);
  });

  it('falls back on the install-config where the list in Infrastructure is empty', () => {
    const empty = infrastructure('baremetal', `{${VIPS}, machineNetworks: []}`);
    const { findings } = run({
      resources: empty,
      documents: { 'install-config': installConfig('baremetal', '10.46.120.0/24') },
    });
    expect(findings.map(entitiesOf)).toEqual([['vip:10.46.124.13', 'cluster:cluster']]);
    expect(findings[0]).toMatchObject({ severity: 'warning', captures: { listedIn: 'install-config' } });
  });

  it('uses the install-config alone', () => {
    const { findings } = run({ documents: { 'install-config': installConfig('baremetal', '10.46.120.0/24') } });
    expect(findings.map(({ captures }) => captures?.['vip'])).toEqual(['10.46.124.13']);
  });

  it.each([
    [
      'inside the list',
      files(infrastructure('baremetal', `{${VIPS}, machineNetworks: [192.0.2.0/24, 10.46.120.0/21]}`)),
    ],
    ['in no list at all', files(infrastructure('baremetal', `{${VIPS}}`))],
    [
      'an inside VIP that the operator has not looked at again',
      files(infrastructure('baremetal', `{${VIPS}, machineNetworks: [10.46.120.0/21]}`), complaint('10.46.124.13')),
    ],
    [
      'held by the load balancer of the user',
      files(
        infrastructure('baremetal', `{${VIPS}, machineNetworks: [10.46.120.0/24], loadBalancer: {type: UserManaged}}`),
      ),
    ],
    [
      'of vSphere, whose installer never compared them',
      {
        resources: infrastructure('vsphere', `{${VIPS}}`),
        documents: { 'install-config': installConfig('vsphere', '10.0.0.0/16') },
      },
    ],
    ['of a cloud', files(infrastructure('aws', '{region: us-east-1}'))],
  ])('is silent about VIPs %s', (_name, input) => {
    expect(run(input)).toEqual({ findings: [], noData: [] });
  });

  it('reports a user-managed VIP when the operator complains all the same', () => {
    const managed = infrastructure(
      'baremetal',
      `{${VIPS}, machineNetworks: [10.46.120.0/24], loadBalancer: {type: UserManaged}}`,
    );
    expect(run(files(managed, complaint('10.46.124.13'))).findings.flatMap(entitiesOf)).toContain('vip:10.46.124.13');
  });

  it('does no arithmetic on obfuscated addresses', () => {
    const hidden = infrastructure(
      'baremetal',
      '{apiServerInternalIPs: [x-ipv4-0000000001-x], machineNetworks: [x-ipv4-0000000002-x/24]}',
    );
    expect(run(files(hidden))).toEqual({ findings: [], noData: ['VIPs or machine networks are obfuscated'] });
    const half = infrastructure(
      'baremetal',
      '{apiServerInternalIPs: [10.46.124.13], machineNetworks: [x-ipv4-0000000002-x/24]}',
    );
    expect(run(files(half)).findings).toEqual([]);
  });
});
