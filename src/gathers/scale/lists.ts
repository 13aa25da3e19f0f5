import { DAY, type Micros } from '../../model/time.ts';
import type { Random } from '../random.ts';
import { seconds } from '../stamps.ts';

/** A YAML list that grows by items of one make. */
export interface GrownList {
  readonly path: string;
  readonly apiVersion: string;
  readonly kind: string;
  readonly item: (random: Random, index: number, time: Micros) => string;
}

const CHUNK = 1 << 18;

/** Namespaces that no detector reads anything into, so that the truth of the scenario stays. */
export const GROWN_LISTS: readonly GrownList[] = [
  {
    path: 'namespaces/openshift-image-registry/core/events.yaml',
    apiVersion: 'v1',
    kind: 'Event',
    item: eventItem,
  },
  {
    path: 'namespaces/openshift-config-managed/core/configmaps.yaml',
    apiVersion: 'v1',
    kind: 'ConfigMap',
    item: configMapItem,
  },
  { path: 'namespaces/openshift-config/core/secrets.yaml', apiVersion: 'v1', kind: 'Secret', item: secretItem },
];

/** The text of a list, exactly `bytes` long: items, and a comment that fills what no item fits into. */
export function* grownList(list: GrownList, bytes: number, end: Micros, random: Random): Generator<string> {
  const tail = `kind: ${list.kind}List\nmetadata:\n  resourceVersion: ""\n`;
  let chunk = `---\napiVersion: ${list.apiVersion}\nitems:\n`;
  let left = bytes - chunk.length - tail.length;
  for (let index = 0; ; index++) {
    const item = list.item(random, index, end - (index % 150) * 60_000_000);
    if (item.length + 2 > left) break;
    left -= item.length;
    chunk += item;
    if (chunk.length < CHUNK) continue;
    yield chunk;
    chunk = '';
  }
  yield chunk;
  if (left > 0) yield `${'#'.padEnd(left - 1, ' ')}\n`;
  yield tail;
}

function eventItem(random: Random, index: number, time: Micros): string {
  const name = `image-pruner-${29_000_000 + index}`;
  return `- apiVersion: v1
  count: 1
  eventTime: null
  firstTimestamp: "${seconds(time)}"
  involvedObject:
    apiVersion: batch/v1
    kind: Job
    name: ${name}
    namespace: openshift-image-registry
    uid: ${random.uuid()}
  kind: Event
  lastTimestamp: "${seconds(time)}"
  message: 'Created pod: ${name}-${random.suffix(5)}'
  metadata:
    creationTimestamp: "${seconds(time)}"
    name: ${name}.${random.hex(16)}
    namespace: openshift-image-registry
    resourceVersion: "${random.int(100_000, 999_999)}"
    uid: ${random.uuid()}
  reason: SuccessfulCreate
  reportingComponent: job-controller
  reportingInstance: ""
  source:
    component: job-controller
  type: Normal
`;
}

function managedFields(random: Random, time: Micros): string {
  return `    managedFields:
    - apiVersion: v1
      fieldsType: FieldsV1
      fieldsV1:
        f:data:
          .: {}
          f:${random.hex(8)}: {}
      manager: service-ca-operator
      operation: Update
      time: "${seconds(time)}"
`;
}

function configMapItem(random: Random, index: number, time: Micros): string {
  const text = Array.from({ length: 20 }, () => `      ${random.hex(64)}\n`).join('');
  return `- apiVersion: v1
  data:
    bundle: |
${text}  kind: ConfigMap
  metadata:
    creationTimestamp: "${seconds(time - 2 * DAY)}"
${managedFields(random, time)}    name: bundle-${index}
    namespace: openshift-config-managed
    uid: ${random.uuid()}
`;
}

function secretItem(random: Random, index: number, time: Micros): string {
  return `- apiVersion: v1
  data:
    token: MTIgYnl0ZXMgbG9uZw==
  kind: Secret
  metadata:
    creationTimestamp: "${seconds(time - 2 * DAY)}"
${managedFields(random, time)}    name: pull-${index}
    namespace: openshift-config
    uid: ${random.uuid()}
  type: Opaque
`;
}
