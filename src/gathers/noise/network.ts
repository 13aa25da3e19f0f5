import { HOUR, MINUTE, type Micros, SECOND } from '../../model/time.ts';
import type { Cluster, NodeSpec } from '../cluster.ts';
import type { LogEntry } from '../gather.ts';
import type { Random } from '../random.ts';
import { ctime, klog, millis, seconds, spread, syslog } from '../stamps.ts';
import type { Span } from './control-plane.ts';

export function ovnControllerDay(random: Random, span: Span): LogEntry[] {
  const lines: LogEntry[] = [];
  let serial = random.int(300, 600);
  const say = (time: Micros, module: string, level: string, text: string) => {
    serial += 1;
    lines.push({
      at: time + 200,
      text: `${millis(time)}|${String(serial).padStart(5, '0')}|${module}|${level}|${text}`,
    });
  };
  for (const time of spread(random, span.from, span.to, 14 * MINUTE)) {
    const port = `openshift-marketplace_redhat-operators-${random.suffix(5)}`;
    say(time, 'binding', 'INFO', `Claiming lport ${port} for this chassis.`);
    say(
      time + 300,
      'binding',
      'INFO',
      `${port}: Claiming 0a:58:0a:80:00:${random.hex(2)} 10.128.0.${random.int(20, 240)}`,
    );
    say(time + 60_000, 'binding', 'INFO', `Setting lport ${port} ovn-installed in OVS`);
    say(time + 61_000, 'binding', 'INFO', `Setting lport ${port} up in Southbound`);
    say(
      time + 70 * SECOND,
      'memory_trim',
      'INFO',
      `Detected inactivity (last active ${random.int(30001, 30040)} ms ago): trimming memory`,
    );
  }
  return lines;
}

export function ovnkubeControllerDay(node: NodeSpec, random: Random, span: Span): LogEntry[] {
  const lines: LogEntry[] = [];
  const pid = random.int(5200, 6400);
  const say = (time: Micros, where: string, text: string) =>
    lines.push({ at: time + 60, text: klog('I', time, pid, where, text) });
  say(node.joined + 90 * SECOND, 'ovnkube.go:429', 'Parsed config file /run/ovnkube-config/ovnkube.conf');
  say(
    node.joined + 120 * SECOND,
    'default_node_network_controller.go:1108',
    `Node ${node.name} ready for ovn initialization with subnet 10.128.0.0/23`,
  );
  for (const time of spread(random, span.from, span.to, 13 * MINUTE)) {
    say(
      time,
      'reflector.go:359',
      'Caches populated for *v1.NetworkAttachmentDefinition from github.com/k8snetworkplumbingwg/network-attachment-definition-client/pkg/client/informers/externalversions/factory.go:117',
    );
    say(
      time + 2 * SECOND,
      'obj_retry.go:459',
      `Detected object openshift-marketplace/certified-operators-${random.suffix(5)} of type *v1.Pod in terminal state (e.g. completed) during update event: will remove it`,
    );
  }
  return lines;
}

export function multusDay(node: NodeSpec): LogEntry[] {
  const start = node.joined + 70 * SECOND;
  return [
    'multus-daemon started',
    'Readiness Indicator file check',
    'Readiness Indicator file check done!',
    'Waiting for certificate',
    'Certificate found!',
    'server configured with chroot: /hostroot',
    `Filtering pod watch for node "${node.name}"`,
    'API readiness check',
    'API readiness check done!',
  ].map((text, index) => {
    const time = start + index * 8 * SECOND;
    return { at: time + 40, text: `${seconds(time)} [verbose] ${text}` };
  });
}

export function keepalivedDay(
  cluster: Cluster,
  node: NodeSpec,
  holder: boolean,
  random: Random,
  span: Span,
): LogEntry[] {
  const lines: LogEntry[] = [];
  const say = (time: Micros, text: string) => lines.push({ at: time + 50, text: `${ctime(time)}: ${text}` });
  const start = node.joined + MINUTE;
  say(start, 'Starting Keepalived v2.2.8 (04/04,2023), git commit v2.2.7-154-g292b299e+');
  say(start + SECOND, `(${cluster.name}_API_0) Entering BACKUP STATE (init)`);
  say(start + 2 * SECOND, `(${cluster.name}_INGRESS_0) Entering BACKUP STATE (init)`);
  say(start + 3 * SECOND, 'Script `chk_ocp_lb` now returning 1');
  say(start + 4 * MINUTE, 'Script `chk_ocp_lb` now returning 0');
  if (holder) {
    say(start + 4 * MINUTE + SECOND, `(${cluster.name}_API_0) Receive advertisement timeout`);
    say(start + 4 * MINUTE + SECOND + 200, `(${cluster.name}_API_0) Entering MASTER STATE`);
    say(start + 4 * MINUTE + SECOND + 400, `(${cluster.name}_API_0) setting VIPs.`);
  }
  for (const time of spread(random, span.from, span.to, 4 * HOUR)) {
    say(time, 'Script `chk_default_ingress` now returning 1');
    say(time + 3 * SECOND, 'Script `chk_default_ingress` now returning 0');
  }
  return lines;
}

export function keepalivedMonitorDay(cluster: Cluster, node: NodeSpec, random: Random, span: Span): LogEntry[] {
  const lines: LogEntry[] = [];
  const say = (time: Micros, text: string) =>
    lines.push({ at: time + 50, text: `time="${seconds(time)}" level=info msg="${text}"` });
  for (const time of spread(random, span.from, span.to, 30 * MINUTE)) {
    say(
      time,
      `Searching for Node IP of ${node.name}. Using '${cluster.machineNetwork}' as machine network. Filtering out VIPs '[${cluster.apiVIP} ${cluster.ingressVIP}]'.`,
    );
    say(time + 800, `For node ${node.name} selected peer address ${node.ip} using NodeInternalIP`);
  }
  return lines;
}

export function haproxyDay(cluster: Cluster, node: NodeSpec, random: Random, span: Span): LogEntry[] {
  const lines: LogEntry[] = [];
  const say = (time: Micros, text: string) =>
    lines.push({ at: time + 60, text: `<133>${syslog(time)} haproxy[12]: ${text}` });
  const start = node.joined + 2 * MINUTE;
  lines.push({ at: start, text: '+ declare -r haproxy_sock=/var/run/haproxy/haproxy-master.sock' });
  say(
    start + SECOND,
    `Server masters/${node.name} is DOWN, reason: Layer4 connection problem, info: "Connection refused", check duration: 0ms. 0 active and 0 backup servers left. 0 sessions active, 0 requeued, 0 remaining in queue.`,
  );
  say(start + SECOND + 300, 'backend masters has no server available!');
  say(
    start + 9 * MINUTE,
    `Server masters/${node.name} is UP, reason: Layer7 check passed, code: 200, check duration: ${random.int(3, 19)}ms. 1 active and 0 backup servers online. 0 sessions requeued, 0 total in queue.`,
  );
  for (const time of spread(random, span.from, span.to, 5 * HOUR))
    say(time, `Connect from ${cluster.nodes[0]!.ip}:${random.int(30000, 60000)} to ${node.ip}:9445 (main/TCP)`);
  return lines;
}

export function corednsDay(cluster: Cluster, random: Random, span: Span): LogEntry[] {
  const lines: LogEntry[] = [];
  for (const time of spread(random, span.from, span.to, 40 * MINUTE)) {
    lines.push({
      at: time,
      text: `[INFO] 10.128.0.${random.int(2, 90)}:${random.int(30000, 60000)} - ${random.int(1000, 60000)} "A IN api-int.${cluster.name}.${cluster.domain}. udp 41 false 512" NOERROR qr,aa,rd 80 0.000${random.int(100, 400)}s`,
    });
  }
  return lines;
}

export function routerDay(cluster: Cluster, random: Random, span: Span): LogEntry[] {
  const lines: LogEntry[] = [];
  const start = (cluster.installCompleted ?? cluster.installStarted + HOUR) - 10 * MINUTE;
  const times = [start, start + 5 * SECOND, ...spread(random, span.from, span.to, 50 * MINUTE)];
  for (const time of times) {
    lines.push({
      at: time + 90,
      text: klog(
        'I',
        time,
        1,
        'router.go:669',
        `"msg"="router reloaded" "logger"="template" "output"=" - Checking http://localhost:80 ...\\n - Health check ok : 0 retry attempt(s).\\n"`,
      ),
    });
  }
  return lines;
}
