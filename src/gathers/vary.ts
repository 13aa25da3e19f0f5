import { Buffer } from 'node:buffer';
import { gunzipSync, gzipSync } from 'node:zlib';
import { MONTH_NAMES, parseTime, SECOND } from '../model/time.ts';
import { harder } from './merge-truth.ts';
import type { Random } from './random.ts';
import { renameRequests } from './rename-request.ts';
import type { Tree } from './render.ts';
import type { ScenarioTruth } from './scenario.ts';
import { strayHost } from './stray-host.ts';

/** A sample gather changed in a way that leaves its truth as it is, or changes it as stated. */
export interface Variation {
  readonly kind: string;
  readonly tree: Tree;
  readonly truth: ScenarioTruth;
  /** What decides may have been taken away: then a right report may also say less. */
  readonly mayMiss: boolean;
}

type Vary = (tree: Tree, truth: ScenarioTruth, random: Random) => Omit<Variation, 'kind'>;

/** Everything that happens to gathers on their way, one at a time. */
export const VARIATIONS: Readonly<Record<string, Vary>> = { reordered, renamed, skewed, noisy, dropped, merged };

/** Members in any order: the tar's order says nothing. */
function reordered(tree: Tree, truth: ScenarioTruth, random: Random): Omit<Variation, 'kind'> {
  const order = [...tree].map((entry) => ({ entry, key: random.next() })).sort((a, b) => a.key - b.key);
  return { tree: new Map(order.map(({ entry }) => entry)), truth, mayMiss: false };
}

/** The same cluster under other host names. */
function renamed(tree: Tree, truth: ScenarioTruth, random: Random): Omit<Variation, 'kind'> {
  const names = new Map<string, string>();
  const rename = (text: string): string =>
    text.replaceAll(/(?<![a-z0-9])(master|worker)-(\d)(?!\d)/g, (name, role: string) => {
      const known = names.get(name) ?? `${role === 'master' ? 'ctl' : 'cmp'}${random.suffix(5)}`;
      names.set(name, known);
      return known;
    });
  const renameAll = (text: string): string => renameRequests(rename(text), rename);
  const changed = [...tree].map(([path, bytes]): [string, Uint8Array] => [
    rename(path),
    mapText(path, bytes, renameAll),
  ]);
  return { tree: new Map(changed), truth: JSON.parse(rename(JSON.stringify(truth))), mayMiss: false };
}

/** One host's clock is off by up to a minute and a half. */
function skewed(tree: Tree, truth: ScenarioTruth, random: Random): Omit<Variation, 'kind'> {
  const host = random.pick(['master-0', 'master-1', 'master-2', 'worker-0', 'worker-1']);
  const offset = random.int(-90, 90);
  const stamp = new RegExp(`^([A-Z][a-z]{2} \\d\\d \\d\\d:\\d\\d:\\d\\d)(\\.\\d{6} ${host} )`, 'gm');
  const shift = (text: string): string =>
    text.replaceAll(stamp, (_, time: string, rest: string) => `${shiftShort(time, offset)}${rest}`);
  return { tree: mapTree(tree, /_service\.log$|kubelet\.log$/, shift), truth, mayMiss: false };
}

function shiftShort(time: string, seconds: number): string {
  const month = String(MONTH_NAMES.indexOf(time.slice(0, 3)) + 1).padStart(2, '0');
  const at = parseTime(`2025-${month}-${time.slice(4, 6)}T${time.slice(7)}Z`)! + seconds * SECOND;
  const date = new Date(at / 1000).toISOString();
  return `${MONTH_NAMES[Number(date.slice(5, 7)) - 1]} ${date.slice(8, 10)} ${date.slice(11, 19)}`;
}

/** Harmless chatter between the lines of every third log, with the times of the lines around it. */
function noisy(tree: Tree, truth: ScenarioTruth, random: Random): Omit<Variation, 'kind'> {
  const chatter = (text: string): string =>
    text
      .split('\n')
      .flatMap((line) => {
        const prefix = /^(?:\d{4}-\S+Z |[A-Z][a-z]{2} \d\d [\d:.]+ \S+ \S+: )/.exec(line)?.[0];
        return prefix === undefined || !random.chance(0.3) ? [line] : [line, `${prefix}${random.pick(CHATTER)}`];
      })
      .join('\n');
  const logs = [...tree].map(([path, bytes]): [string, Uint8Array] =>
    path.endsWith('.log') && random.chance(0.35) ? [path, mapText(path, bytes, chatter)] : [path, bytes],
  );
  return { tree: new Map(logs), truth, mayMiss: false };
}

const CHATTER = [
  'I1203 20:00:00.123456       1 reflector.go:424] Listing and watching *v1.ConfigMap from k8s.io/client-go/informers',
  'W1203 20:00:00.123456       1 warnings.go:70] v1 ComponentStatus is deprecated in v1.19+',
  'level=info msg="reconciled" duration=12ms',
  'E1203 20:00:00.123456       1 base_controller.go:279] "Unhandled Error" err="StatusSyncer reconciliation failed: Operation cannot be fulfilled: the object has been modified; please apply your changes to the latest version and try again"',
  'http: TLS handshake error from 10.128.0.1:54832: EOF',
  'I1203 20:00:00.123456       1 request.go:697] Waited for 1.19 s due to client-side throttling, not priority and fairness',
];

const FAMILIES: readonly RegExp[] = [
  /\/core\/events\.yaml$/,
  /\/etcd_info\//,
  /\/monitoring\//,
  /\/host_service_logs\//,
  /\/nodes\//,
  /\/coordination\.k8s\.io\//,
  /\/certificatesigningrequests\//,
  /\/pods\/[^/]+\/[^/]+\/[^/]+\/logs\//,
  /\/machine\.openshift\.io\//,
];

/** A family of files was not collected. */
function dropped(tree: Tree, truth: ScenarioTruth, random: Random): Omit<Variation, 'kind'> {
  const family = random.pick(FAMILIES);
  return { tree: new Map([...tree].filter(([path]) => !family.test(path))), truth, mayMiss: true };
}

/** A second fault, of a host that has nothing to do with the first: both are causes, side by side. */
function merged(tree: Tree, truth: ScenarioTruth, random: Random): Omit<Variation, 'kind'> {
  const second = strayHost(random);
  const rootCauses = [...truth.rootCauses.map(({ rank: _, ...cause }) => cause), second.cause];
  const verdict = {
    status: ['degraded', 'failed'] as ('degraded' | 'failed')[],
    recovery: harder(truth.verdict.recovery, second.recovery),
  };
  const { severities: _, ...forbidden } = truth.mustNotAppear ?? {
    rootCauses: [],
    edges: [],
    findings: [],
    severities: [],
  };
  return {
    tree: new Map([...tree, [second.file, second.log]]),
    truth: {
      ...truth,
      verdict,
      anyOrder: true,
      rootCauses,
      mustNotAppear: {
        ...forbidden,
        // What the second fault brings with it is none of the first one's business.
        rootCauses: forbidden.rootCauses.filter((id) => id !== second.cause.signature),
        findings: [],
        severities: [],
      },
    },
    mayMiss: false,
  };
}

function mapTree(tree: Tree, paths: RegExp, change: (text: string) => string): Tree {
  return new Map([...tree].map(([path, bytes]) => [path, paths.test(path) ? mapText(path, bytes, change) : bytes]));
}

function mapText(path: string, bytes: Uint8Array, change: (text: string) => string): Uint8Array {
  if (path.endsWith('.tgz') || path.endsWith('.tar.gz')) return bytes;
  if (path.endsWith('.gz')) return gzipSync(mapText('', gunzipSync(bytes), change));
  return Buffer.from(change(Buffer.from(bytes).toString('latin1')), 'latin1');
}
