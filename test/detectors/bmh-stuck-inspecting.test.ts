import { describe, expect, it } from 'vitest';
import { bmhStuckInspecting } from '../../src/detectors/bmh-stuck-inspecting.ts';
import { detect, entitiesOf } from '../support/detect.ts';
import { facts } from '../support/facts.ts';

const host = (state: string, inspect: string, more = '') => `
apiVersion: metal3.io/v1alpha1
kind: BareMetalHost
metadata: {name: master-2, namespace: openshift-machine-api${more}}
spec:
  online: true
  consumerRef: {kind: Machine, name: ocp-master-2, namespace: openshift-machine-api}
status:
  poweredOn: false
  errorMessage: ""
  operationHistory: {inspect: ${inspect}}
  provisioning: {state: ${state}}
`;
const run = (text: string, at?: string) => detect(bmhStuckInspecting, facts({ resources: text }), at);
const LATE = '2025-12-03T23:59:00Z';

describe('bmh-stuck-inspecting', () => {
  it('finds a host that has been inspecting for hours', () => {
    const { findings } = run(host('inspecting', '{start: "2025-12-03T20:10:11Z", end: null}'), LATE);
    expect(findings.map(entitiesOf)).toEqual([
      ['baremetalhost:openshift-machine-api/master-2', 'machine:openshift-machine-api/ocp-master-2'],
    ]);
    expect(findings[0]?.captures).toMatchObject({ age: '4 h', since: '2025-12-03T20:10:11Z', poweredOn: 'false' });
    expect(findings[0]?.evidence.map(({ text }) => text)).toEqual(['state: inspecting', 'start: 2025-12-03T20:10:11Z']);
  });

  it('takes an end before the start for one of an earlier inspection', () => {
    expect(
      run(host('inspecting', '{start: "2025-12-03T20:10:11Z", end: "2025-12-03T19:00:00Z"}'), LATE).findings,
    ).toHaveLength(1);
  });

  it.each([
    ['in its first half hour', host('inspecting', '{start: "2025-12-03T23:40:00Z", end: null}')],
    ['that is provisioned', host('provisioned', '{start: "2025-12-03T20:10:11Z", end: "2025-12-03T20:20:00Z"}')],
    [
      'that is detached',
      host(
        'inspecting',
        '{start: "2025-12-03T20:10:11Z", end: null}',
        ', annotations: {baremetalhost.metal3.io/detached: ""}',
      ),
    ],
  ])('is silent about a host %s', (_name, text) => {
    expect(run(text, LATE)).toEqual({ findings: [], noData: [] });
  });

  it('cannot tell without the time of the gather', () => {
    const { findings, noData } = run(host('inspecting', '{start: "2025-12-03T20:10:11Z", end: null}'));
    expect(findings).toEqual([]);
    expect(noData).toHaveLength(1);
  });
});
