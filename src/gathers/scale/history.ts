import { type Micros, SECOND } from '../../model/time.ts';
import type { Random } from '../random.ts';
import { micros, nanos, shortPrecise } from '../stamps.ts';

/** Where and when the lines of a history stand. */
export interface HistorySpec {
  readonly format: 'container' | 'journal';
  /** Which kind of program speaks: the container's or the unit's name. */
  readonly voice: string;
  /** Hosts whose lines a journal holds, in turn. */
  readonly hosts: readonly string[];
  readonly from: Micros;
  readonly to: Micros;
  readonly bytes: number;
}

/** What follows the stamp that each line gets: klog's level letter leads, the rest is text with `#` for a number. */
type Voice = readonly string[];

const KLOG: Voice = [
  'Ireflector.go:368] Caches populated for *v1.ConfigMap from k8s.io/client-go@v0.31.1/tools/cache/reflector.go:243',
  'Ireplica_set.go:679] "Finished syncing" logger="replicaset-controller" kind="ReplicaSet" key="openshift-oauth-apiserver/apiserver-#" duration="#.4µs"',
  'Ilog.go:245] ConfigMap openshift-image-registry/trusted-ca ca-bundle.crt unchanged, skipping',
  'Irequest.go:700] Waited for 1.#s due to client-side throttling, not priority and fairness, request: GET:https://172.30.0.1:443/api/v1/namespaces/openshift-config-managed/configmaps/kube-#',
  'Iprune_controller.go:277] Nothing to prune',
  'Itlsconfig.go:181] "Loaded client CA" index=0 certName="client-ca::kube-system::extension-apiserver-authentication::client-ca-file" certDetail="\\"admin-kubeconfig-signer\\" [] issuer=\\"<self>\\" serial #"',
];

const API_SERVER: Voice = [
  'Icacher.go:463] cacher (configmaps.#.example.com): initialized',
  'Itrace.go:236] Trace[#]: "List" accept:application/json, */*,audit-id:#,client:10.128.0.9,api-group:,api-version:v1,name:,subresource:,namespace:,protocol:HTTP/2.0,resource:secrets,scope:cluster,url:/api/v1/secrets,user-agent:cluster-kube-apiserver-operator/v0.0.0,verb:LIST (total time: 5#ms):',
  'Icontroller.go:624] quota admission added evaluator for: jobs.batch',
  'Ialloc.go:330] "allocated clusterIPs" service="openshift-#/metrics" clusterIPs={"IPv4":"172.30.7.8"}',
  'Ihttplog.go:132] "HTTP" verb="LIST" URI="/apis/config.openshift.io/v1/clusteroperators?limit=500&resourceVersion=#" latency="12.#ms" userAgent="cluster-version-operator/v0.0.0 (linux/amd64) kubernetes/$Format" audit-ID="#" srcIP="10.128.0.14:5#" apf_pl="openshift-control-plane-operators" apf_fs="openshift-control-plane-operators" apf_iseats=1 apf_fseats=0 resp=200',
];

const KUBELET: Voice = [
  'Ikubelet.go:2421] "SyncLoop ADD" source="api" pods=["openshift-marketplace/redhat-operators-#"]',
  'Iutil.go:30] "No sandbox for pod can be found. Need to start a new one" pod="openshift-marketplace/redhat-operators-#"',
  'Ireconciler_common.go:218] "operationExecutor.MountVolume started for volume \\"kube-api-access-#\\" (UniqueName: \\"kubernetes.io/projected/ee4798d8-475b-49ae-a094-#-kube-api-access\\") pod \\"redhat-operators-#\\" (UID: \\"ee4798d8-475b-49ae-a094-#\\") " pod="openshift-marketplace/redhat-operators-#"',
  'Igeneric.go:334] "Generic (PLEG): container finished" podID="ee4798d8-475b-49ae-a094-#" containerID="ac11e208b97b5450b00bc1dddad21e2203c961f0968459b94eeb9275#" exitCode=0',
  'Ikubelet.go:2542] "SyncLoop (probe)" probe="readiness" status="ready" pod="openshift-dns/dns-default-#"',
];

const OVN: Voice = [
  '|00597|binding|INFO|Claiming lport openshift-marketplace_redhat-operators-# for this chassis.',
  '|00598|binding|INFO|Setting lport openshift-marketplace_redhat-operators-# ovn-installed in OVS',
  '|00599|memory_trim|INFO|Detected inactivity (last active 30020 ms ago): trimming memory',
];

const ETCD: Voice = [
  '{"caller":"mvcc/index.go:214","msg":"compact tree index","revision":#}',
  '{"caller":"mvcc/kvstore_compaction.go:72","msg":"finished scheduled compaction","compact-revision":#,"took":"120.#ms","hash":#,"current-db-size-bytes":98213888,"current-db-size":"98 MB"}',
  '{"caller":"mvcc/hash.go:151","msg":"storing new hash","hash":#,"revision":#,"compact-revision":#}',
];

function voiceOf(name: string): Voice {
  if (name === 'kube-apiserver') return API_SERVER;
  if (name === 'kubelet' || name === 'crio') return KUBELET;
  if (name === 'ovn-controller') return OVN;
  return name === 'etcd' ? ETCD : KLOG;
}

/** Lines after which one very long line stands, as dumps of whole objects do in real logs. */
const LONG_EVERY = 4000;
const LONG = 20_000;
const CHUNK = 1 << 18;

/**
 * Harmless lines in time order, exactly `bytes` long in all: what a cluster prints in the days before anything happens.
 * Yields chunks of whole lines.
 */
export function* history(spec: HistorySpec, random: Random): Generator<string> {
  const voice = voiceOf(spec.voice);
  const total = Math.max(1, Math.ceil(spec.bytes / 230));
  const step = (spec.to - spec.from) / total;
  const filler = 'x'.repeat(LONG);
  let left = spec.bytes;
  let chunk = '';
  for (let n = 0; left > 0; n++) {
    const time = Math.min(spec.to, Math.round(spec.from + n * step));
    const number = String(random.int(100_000, 999_999));
    let line = `${stamped(spec, time, spec.hosts[n % spec.hosts.length] ?? '', voice[n % voice.length]!)}\n`.replaceAll(
      '#',
      number,
    );
    if (n % LONG_EVERY === LONG_EVERY - 1) line = `${line.slice(0, -1)} object="${filler}"\n`;
    if (line.length + 2 > left)
      line = `${line.slice(0, 60)}${' '.repeat(Math.max(0, left))}`.slice(0, left - 1).concat('\n');
    // Lines are counted in bytes, and `µ` has two.
    left -= line.length + (line.includes('µ') ? 1 : 0);
    chunk += line;
    if (chunk.length < CHUNK && left > 0) continue;
    yield chunk;
    chunk = '';
  }
}

let second = -1;
let day = '';

/** `I1203 21:55:35.123456`: built from one cached second, for this runs millions of times. */
function klogStamp(time: Micros): string {
  const whole = Math.floor(time / SECOND);
  if (whole !== second) {
    second = whole;
    const iso = micros(whole * SECOND);
    day = `${iso.slice(5, 7)}${iso.slice(8, 10)} ${iso.slice(11, 19)}`;
  }
  return `${day}.${String(time - whole * SECOND).padStart(6, '0')}`;
}

function stamped(spec: HistorySpec, time: Micros, host: string, body: string): string {
  const inner = innerLine(time, body);
  return spec.format === 'container'
    ? `${nanos(time + 60)} ${inner}`
    : `${shortPrecise(time + 60)} ${host} ${spec.voice === 'crio' ? 'crio' : 'kubenswrapper'}[2731]: ${inner}`;
}

function innerLine(time: Micros, body: string): string {
  if (body.startsWith('|')) return `${micros(time).slice(0, 23)}Z${body}`;
  if (body.startsWith('{')) return `{"level":"info","ts":"${micros(time)}",${body.slice(1)}`;
  return `${body[0]}${klogStamp(time)}    2731 ${body.slice(1)}`;
}
