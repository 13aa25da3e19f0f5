import { HOUR, MINUTE, type Micros, SECOND } from '../../model/time.ts';
import { type Cluster, workers } from '../cluster.ts';
import type { LogEntry } from '../gather.ts';
import type { Random } from '../random.ts';
import { oslo, shortPrecise, spread } from '../stamps.ts';
import type { Span } from './control-plane.ts';

export function ironicLine(time: Micros, level: string, module: string, request: string, text: string): LogEntry {
  return { at: time + 400, text: `${oslo(time)} 1 ${level} ${module} [${request}] ${text}` };
}

/** Ironic on a quiet day: it asks each BMC for its power state, and a BMC is slow now and then. */
export function ironicDay(cluster: Cluster, random: Random, span: Span): LogEntry[] {
  const lines: LogEntry[] = [];
  for (const time of spread(random, span.from, span.to, 20 * MINUTE)) {
    const node = random.pick(cluster.nodes);
    lines.push(
      ironicLine(
        time,
        'INFO',
        'eventlet.wsgi.server',
        `None req-${random.uuid()} ironic-user - - - - -`,
        `::1 "GET /v1/nodes/openshift-machine-api~${node.name} HTTP/1.1" status: 200  len: 5123 time: 0.0${random.int(10000, 99999)}`,
      ),
    );
  }
  for (const time of spread(random, span.from, span.to, 4 * HOUR)) {
    lines.push(
      ironicLine(
        time,
        'WARNING',
        'ironic.conductor.manager',
        `None req-${random.uuid()} - - - - -`,
        `During sync_power_state, could not acquire a lock for node: the node is busy; it will be tried again in the next round`,
      ),
    );
  }
  return lines;
}

export function ramdiskDay(cluster: Cluster, random: Random): LogEntry[] {
  return workers(cluster).flatMap((node) => {
    const file = `openshift-machine-api~${node.name}_${random.uuid()}_inspect.tar.gz`;
    const start = node.joined - 30 * MINUTE;
    const texts = [
      'ironic-agent[1801]: INFO ironic_python_agent.agent [-] Using heartbeat interval of 60 seconds',
      'ironic-agent[1801]: INFO ironic_python_agent.inspector [-] Inspection finished',
      'ironic-agent[1801]: INFO ironic_python_agent.extensions.deploy [-] Deploy step finished',
    ];
    return texts.map((text, index) => ({
      at: start + index * 3 * MINUTE + 500,
      text: `${file}: ${shortPrecise(start + index * 3 * MINUTE)} localhost ${text}`,
    }));
  });
}

export function bareMetalOperatorDay(cluster: Cluster, random: Random, span: Span): LogEntry[] {
  const lines: LogEntry[] = [];
  const line = (time: Micros, level: string, msg: string, host: string, more = '') =>
    lines.push({
      at: time + 300,
      text: `{"level":"${level}","ts":${(time / SECOND).toFixed(7)},"logger":"controllers.BareMetalHost","msg":"${msg}","baremetalhost":{"name":"${host}","namespace":"openshift-machine-api"}${more}}`,
    });
  for (const time of spread(random, span.from, span.to, 10 * MINUTE)) {
    const node = random.pick(cluster.nodes);
    line(time, 'info', 'start', node.name);
    line(
      time + 20_000,
      'info',
      'done',
      node.name,
      `,"provisioningState":"${node.role === 'worker' ? 'provisioned' : 'externally provisioned'}","requeue":true,"after":60`,
    );
  }
  return lines;
}
