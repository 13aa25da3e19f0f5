import { basename, dirname } from 'node:path';
import type { Knowledge } from '../model/detector.ts';

/** Where detectors stand in the catalogue, by component. A signature stands where its file lies. */
const AREAS: ReadonlyMap<string, string> = new Map([
  ['kube-apiserver', 'api'],
  ['kube-controller-manager', 'operators'],
  ['cluster operators', 'operators'],
  ['static pod operators', 'operators'],
  ['operators', 'operators'],
  ['cluster-version-operator', 'upgrade'],
  ['metal3', 'baremetal'],
  ['cluster-baremetal-operator', 'baremetal'],
  ['machine-api', 'baremetal'],
  ['installation', 'install'],
  ['installer', 'install'],
  ['network configuration', 'network'],
  ['node lifecycle', 'node'],
  ['nodes', 'node'],
  ['kube-scheduler', 'workload'],
  ['machine-config-operator', 'machine-config'],
  ['workloads', 'workload'],
  ['collection', 'collection'],
  ...[
    'api',
    'auth',
    'baremetal',
    'certificates',
    'dns',
    'etcd',
    'ingress',
    'install',
    'kernel',
    'kubelet',
    'machine-config',
    'monitoring',
    'network',
    'node',
    'olm',
    'registry',
    'runtime',
    'storage',
    'upgrade',
    'workload',
  ].map((area): [string, string] => [area, area]),
]);

/** The area of detectors whose component nobody has sorted in. */
export const UNSORTED = 'other';

export function areaOfFile(file: string): string {
  return basename(dirname(file));
}

export function areaOfDetector({ component }: Knowledge): string {
  return AREAS.get(component) ?? UNSORTED;
}
