import { describe, expect, it } from 'vitest';
import { hostLogCollectionGap } from '../../src/detectors/host-log-collection-gap.ts';
import type { HostLog } from '../../src/model/facts.ts';
import { detect, entitiesOf } from '../support/detect.ts';
import { facts } from '../support/facts.ts';

const node = (name: string, role: string) => `
apiVersion: v1
kind: Node
metadata: {name: ${name}, labels: {node-role.kubernetes.io/${role}: ""}}
---`;
const NODES = node('m-0.example.com', 'master') + node('m-1.example.com', 'master') + node('w-0.example.com', 'worker');
const log = (path: string, host: string): HostLog => ({ source: { path, kind: 'journal', unit: 'kubelet' }, host });
const MASTERS = 'mg/host_service_logs/masters/kubelet_service.log';
const run = (hostLogs: HostLog[]) => detect(hostLogCollectionGap, facts({ resources: NODES, hostLogs }));

describe('host-log-collection-gap', () => {
  it('finds the control plane node that is not among the merged logs', () => {
    const { findings } = run([log(MASTERS, 'm-0')]);
    expect(findings.map(entitiesOf)).toEqual([['node:m-1.example.com']]);
    expect(findings[0]?.captures).toEqual({ others: 'm-0.example.com', file: MASTERS });
  });

  it('says where a journal was supplied apart, and still reports the gap', () => {
    const { findings } = run([log(MASTERS, 'm-0'), log('m-1-kubelet.log', 'm-1')]);
    expect(findings[0]?.title).toBe('kubelet log of m-1.example.com in the gather (m-1-kubelet.log beside it)');
  });

  it('asks every node where logs are kept by node', () => {
    const { findings } = run([
      log('mg/nodes/m-0/m-0_logs_kubelet.gz', 'm-0'),
      log('mg/nodes/m-1/m-1_logs_kubelet.gz', 'm-1'),
    ]);
    expect(findings.map(entitiesOf)).toEqual([['node:w-0.example.com']]);
  });

  it('is silent where all that were asked answered', () => {
    expect(run([log(MASTERS, 'm-0'), log(MASTERS, 'm-1')])).toEqual({ findings: [], noData: [] });
  });

  it('does not judge a gather without any host log', () => {
    expect(run([]).noData).toHaveLength(1);
    expect(run([log('m-1-kubelet.log', 'm-1')]).noData).toHaveLength(1);
  });
});
