import { describe, expect, it } from 'vitest';
import { bmhPoweredonMismatch } from '../../src/detectors/bmh-poweredon-mismatch.ts';
import { detect, entitiesOf } from '../support/detect.ts';
import { facts } from '../support/facts.ts';

const host = (online: boolean, poweredOn: boolean, state: string, updated: string) => `
apiVersion: metal3.io/v1alpha1
kind: BareMetalHost
metadata: {name: worker-1, namespace: openshift-machine-api}
spec: {online: ${online}}
status: {poweredOn: ${poweredOn}, lastUpdated: "${updated}", provisioning: {state: ${state}}}
`;
const run = (text: string) => detect(bmhPoweredonMismatch, facts({ resources: text }), '2025-12-03T23:59:00Z');

describe('bmh-poweredon-mismatch', () => {
  it.each(['inspecting', 'provisioned', 'externally provisioned'])(
    'finds a host that should be on while %s',
    (state) => {
      const { findings } = run(host(true, false, state, '2025-12-03T22:00:00Z'));
      expect(findings.map(entitiesOf)).toEqual([['baremetalhost:openshift-machine-api/worker-1']]);
      expect(findings[0]?.evidence.map(({ text }) => text)).toEqual(['poweredOn: false', 'online: true']);
    },
  );

  it.each([
    ['is on', host(true, true, 'provisioned', '2025-12-03T22:00:00Z')],
    ['is to be off', host(false, false, 'provisioned', '2025-12-03T22:00:00Z')],
    ['is free', host(true, false, 'available', '2025-12-03T22:00:00Z')],
    ['was switched a moment ago', host(true, false, 'provisioned', '2025-12-03T23:55:00Z')],
  ])('is silent about a host that %s', (_name, text) => {
    expect(run(text)).toEqual({ findings: [], noData: [] });
  });
});
