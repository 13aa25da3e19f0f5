import { Buffer } from 'node:buffer';
import { MINUTE } from '../../model/time.ts';
import type { NodeSpec } from '../cluster.ts';
import { condition, type KubeObject, meta } from '../kube.ts';
import type { Random } from '../random.ts';
import { seconds } from '../stamps.ts';
import { pemRequest } from './signing-request.ts';

/** The two requests by which a node joined, approved. */
export function joinRequests(node: NodeSpec, random: Random): KubeObject[] {
  const bootstrapper = 'system:serviceaccount:openshift-machine-config-operator:node-bootstrapper';
  return [
    signingRequest(
      random,
      `csr-${random.suffix(5)}`,
      node.joined - MINUTE,
      'kubernetes.io/kube-apiserver-client-kubelet',
      bootstrapper,
      node.name,
    ),
    signingRequest(
      random,
      `csr-${random.suffix(5)}`,
      node.joined,
      'kubernetes.io/kubelet-serving',
      `system:node:${node.name}`,
      node.name,
    ),
  ].map((csr) => approve(csr, node.joined));
}

/** A pending CSR of a node's kubelet. */
export function signingRequest(
  random: Random,
  name: string,
  created: number,
  signer: string,
  user: string,
  node: string,
): KubeObject {
  return {
    apiVersion: 'certificates.k8s.io/v1',
    kind: 'CertificateSigningRequest',
    metadata: meta(random, name, created, { generateName: 'csr-' }),
    spec: {
      groups: ['system:authenticated'],
      request: Buffer.from(pemRequest('system:nodes', `system:node:${node}`, random)).toString('base64'),
      signerName: signer,
      usages: signer.endsWith('serving') ? ['digital signature', 'server auth'] : ['digital signature', 'client auth'],
      username: user,
    },
    status: {},
  };
}

export function approve(csr: KubeObject, time: number): KubeObject {
  csr['status'] = {
    certificate: Buffer.from('-----BEGIN CERTIFICATE-----\nMIIC\n-----END CERTIFICATE-----\n').toString('base64'),
    conditions: [
      {
        ...condition(
          'Approved',
          true,
          time,
          'NodeCSRApprove',
          'This CSR was approved by the Node CSR Approver (cluster-machine-approver)',
        ),
        lastUpdateTime: seconds(time),
      },
    ],
  };
  return csr;
}
