import { describe, expect, it } from 'vitest';
import { Silences } from '../../../src/detect/silence/silences.ts';
import type { Names } from '../../../src/model/detector.ts';
import type { Ingested, SourceSummary } from '../../../src/model/ingest.ts';
import type { LineDecoder } from '../../../src/model/log-line.ts';
import type { Resource } from '../../../src/model/resource.ts';
import type { Source } from '../../../src/model/source.ts';
import { formatTime, HOUR, MINUTE, type Micros, parseTime, SECOND } from '../../../src/model/time.ts';

const START = parseTime('2026-01-05T00:00:00Z')!;
const END = START + 10 * HOUR;
const STOP = START + 7 * HOUR;

/** `<µs> <host> message` */
const decoder: LineDecoder = {
  format: 'test',
  decode(line) {
    const [, micros, host] = /^(\d+) (\S+) /.exec(line)!;
    return { at: { clock: 'absolute', micros: Number(micros) }, host: host!, message: line };
  },
};

const steadily = (from: Micros, to: Micros, every: number, host = 'm0'): string[] =>
  Array.from(
    { length: Math.floor((to - from) / every) },
    (_, n) => `${from + n * every} ${host} synced ${'x'.repeat(80)}\n`,
  );

function container(pod: string, namespace = 'openshift-etcd'): Source {
  const path = `namespaces/${namespace}/pods/${pod}/c/c/logs/current.log`;
  return { path, kind: 'container', namespace, pod, container: 'c', instance: 'current' };
}

function unit(name: string): Source {
  return { path: `host_service_logs/masters/${name}_service.log`, kind: 'journal', unit: name, merged: true };
}

function pod(source: Source, state: unknown = { running: { startedAt: formatTime(START - HOUR) } }): Resource {
  return {
    name: source.pod,
    namespace: source.namespace,
    body: { status: { containerStatuses: [{ name: 'c', state }] } },
  } as unknown as Resource;
}

interface Told {
  readonly region?: number;
  readonly pods?: readonly Resource[];
  readonly installedAt?: Micros;
  readonly bootAt?: Micros;
  readonly cut?: boolean;
}

function silences(logs: readonly (readonly [Source, readonly string[]])[], told: Told = {}) {
  const { region = 1e9, pods = logs.map(([source]) => pod(source)) } = told;
  const watching = new Silences();
  const summaries = logs.map(([source, lines]): SourceSummary => {
    const sink = watching.watch(source, { region() {}, end() {} });
    for (let from = 0; from < lines.length; from += region) {
      const bytes = Buffer.from(lines.slice(from, from + region).join(''));
      sink.region({ bytes, start: 0, end: bytes.length, linesBefore: from }, decoder);
    }
    sink.end();
    const stamped = lines.map((line) => decoder.decode(line));
    const of = (own: typeof stamped) => ({ first: own[0]!.at!, last: own.at(-1)!.at! });
    const hosts = [...Map.groupBy(stamped, ({ host }) => host!)].map(([host, own]) => ({ host, ...of(own) }));
    return { source, format: 'test', lines: lines.length, ...of(stamped), hosts, boots: [] };
  });
  const inputs = [
    { path: told.cut === true ? '' : 'other', kind: 'must-gather', bytes: 1, members: 1, truncated: true },
  ];
  const { installedAt = START - 24 * HOUR, bootAt } = told;
  return watching.changes({
    ingested: { inputs, summaries } as unknown as Ingested,
    facts: {
      Pod: pods,
      boots: bootAt === undefined ? [] : [{ host: 'm0', from: bootAt, source: 'j' }],
      phases: { install: { from: START - 25 * HOUR, to: installedAt }, upgrades: [] },
    },
    names: { node: (name: string) => name, nodeOfPod: () => 'm0' } as unknown as Names,
    place: (_, __, { micros }) => micros,
  });
}

const goesOn = [container('other'), steadily(START, END, 20 * SECOND)] as const;
const stops = [container('etcd'), steadily(START, STOP, 20 * SECOND)] as const;

describe('a log that falls silent', () => {
  it('is told with its last line, where others of its node go on', () => {
    const [change, ...others] = silences([stops, goesOn]);
    expect(others).toEqual([]);
    const last = stops[1].at(-1)!.trimEnd();
    expect(change).toMatchObject({ kind: 'silence', source: stops[0].path, host: 'm0', from: START, perHourAfter: 0 });
    expect(change?.until).toBe(STOP - 20 * SECOND);
    expect(change?.evidence).toMatchObject([{ line: stops[1].length, text: last }]);
  });

  it('is told the same however the log is cut into regions', () => {
    expect(silences([stops, goesOn], { region: 7 })).toEqual(silences([stops, goesOn]));
  });

  it('is told of one host of a log of several', () => {
    const kubelet = [...stops[1], ...steadily(START, END, 20 * SECOND, 'm1')].sort();
    const crio = steadily(START, END, 20 * SECOND);
    const all = silences([
      [unit('kubelet'), kubelet],
      [unit('crio'), crio],
    ]);
    expect(all.map(({ source, host }) => [source, host])).toEqual([[unit('kubelet').path, 'm0']]);
  });
});

describe('no silence is', () => {
  it('a log whose container has ended, or is unknown', () => {
    expect(silences([stops, goesOn], { pods: [pod(stops[0], { terminated: { exitCode: 0 } })] })).toEqual([]);
    expect(silences([stops, goesOn], { pods: [] })).toEqual([]);
  });

  it('a log that came in bursts before', () => {
    const busy = [...steadily(START, START + HOUR, SECOND), ...steadily(STOP - MINUTE, STOP, SECOND)];
    expect(silences([[stops[0], busy], goesOn])).toEqual([]);
  });

  it('a log of few lines', () => {
    expect(silences([[stops[0], steadily(START, STOP, 30 * MINUTE)], goesOn])).toEqual([]);
  });

  it('an end shortly before the others', () => {
    expect(silences([[stops[0], steadily(START, END - 20 * MINUTE, 20 * SECOND)], goesOn])).toEqual([]);
  });

  it('an earlier end in a namespace that may have been collected earlier', () => {
    const early = [container('etcd', 'a'), steadily(START, END - 80 * MINUTE, 20 * SECOND)] as const;
    expect(silences([early, goesOn])).toEqual([]);
  });

  it('where nobody of the node goes on', () => {
    expect(silences([stops, [container('other'), steadily(START, STOP, 20 * SECOND)]])).toEqual([]);
  });

  it('a noisy installation that is over', () => {
    expect(silences([stops, goesOn], { installedAt: STOP - 10 * MINUTE })).toEqual([]);
  });

  it('a host that was booted since', () => {
    expect(silences([stops, goesOn], { bootAt: STOP + MINUTE })).toEqual([]);
  });

  it('the end of an input that is cut', () => {
    expect(silences([stops, goesOn], { cut: true })).toEqual([]);
  });
});
