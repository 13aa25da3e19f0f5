import { describe, expect, it } from 'vitest';
import { criticalAlertFiring } from '../../src/detectors/critical-alert-firing.ts';
import { warningAlertFiring } from '../../src/detectors/warning-alert-firing.ts';
import { detect } from '../support/detect.ts';
import { facts } from '../support/facts.ts';

const alert = (alertname: string, severity: string, state = 'firing') => ({
  labels: { alertname, severity, namespace: 'openshift-etcd' },
  state,
  activeAt: '2025-12-03T21:00:00.123456789Z',
});
const rules = (...alerts: object[]) =>
  JSON.stringify({
    status: 'success',
    data: { groups: [{ name: 'etcd', rules: [{ type: 'recording' }, { type: 'alerting', alerts }] }] },
  });
const run = (text: string) => detect(criticalAlertFiring, facts({ documents: { 'prometheus-rules': text } }));

describe('critical-alert-firing', () => {
  it('puts firing critical alerts into one finding', () => {
    const { findings } = run(
      rules(alert('etcdMembersDown', 'critical'), alert('KubeAPIDown', 'critical'), alert('Watchdog', 'none')),
    );
    expect(findings).toHaveLength(1);
    expect(findings[0]).toMatchObject({
      count: 2,
      captures: { alerts: 'KubeAPIDown, etcdMembersDown' },
      firstSeen: Date.parse('2025-12-03T21:00:00.123Z') * 1000 + 456,
    });
    expect(findings[0]?.evidence[0]).toMatchObject({
      text: 'alertname: etcdMembersDown (openshift-etcd)',
      pointer: '/data/groups/0/rules/1/alerts/0',
    });
  });

  it('is silent about warnings, pending alerts and none', () => {
    expect(run(rules(alert('etcdSlow', 'warning'), alert('KubeAPIDown', 'critical', 'pending')))).toEqual({
      findings: [],
      noData: [],
    });
    expect(run('{"status":"success","data":{"groups":[]}}')).toEqual({ findings: [], noData: [] });
  });
});

describe('warning-alert-firing', () => {
  const warnings = (text: string) =>
    detect(warningAlertFiring, facts({ documents: { 'prometheus-rules': text } })).findings;

  it('puts firing warnings into one finding, without those of healthy clusters', () => {
    const found = warnings(
      rules(alert('KubeJobFailed', 'warning'), alert('UpdateAvailable', 'warning'), alert('KubeAPIDown', 'critical')),
    );
    expect(found.map(({ captures }) => captures)).toEqual([{ alerts: 'KubeJobFailed' }]);
  });

  it('is silent where only everyday warnings fire', () => {
    expect(
      warnings(rules(alert('AlertmanagerReceiversNotConfigured', 'warning'), alert('Slow', 'warning', 'pending'))),
    ).toEqual([]);
  });
});
