import { existsSync, readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import type { Source } from '../../../src/model/source.ts';
import { readLog, stampText, told } from './read-log.ts';

const CORPUS = '../shared/corpus';
const DERIVED = `${CORPUS}/derived-journalctl-252`;

function corpusLog(path: string, source: Partial<Source>): ReturnType<typeof readLog> {
  const bytes = readFileSync(`${CORPUS}/${path}`);
  return readLog(path.endsWith('.gz') ? gunzipSync(bytes) : bytes, { source });
}

interface Real {
  readonly path: string;
  readonly source: Partial<Source>;
  readonly format: string;
  readonly lines: number;
  readonly last: string;
  readonly hosts: readonly string[];
}

const PLASO = 'log2timeline+plaso/test_data/syslog';

const REAL: readonly Real[] = [
  {
    path: 'skykying+scripts/logs/kube-apiserver.log',
    source: { kind: 'text' },
    format: 'klog',
    lines: 14839,
    last: 'yearless 11-19T12:13:07.898925Z',
    hosts: [],
  },
  {
    path: 'Jaslite+Smart/kubelet.log',
    source: { kind: 'journal' },
    format: 'journal-short',
    lines: 5157,
    last: 'yearless 05-12T06:00:23Z',
    hosts: ['api-int.ite-ocp.ite.local', 'api.ite-ocp.ite.local'],
  },
  {
    path: 'vfabi+filestorage/openshift_install.log',
    source: { kind: 'installer' },
    format: 'logrus',
    lines: 50,
    last: '2020-11-22T19:44:25Z',
    hosts: [],
  },
  {
    path: 'VenRoot+logs/dmesg.log',
    source: { kind: 'kernel', host: 'pop-os' },
    format: 'dmesg',
    lines: 1310,
    last: 'monotonic 1431.783652',
    hosts: ['pop-os'],
  },
  {
    path: 'liggitt+audit2rbac/testdata/demo.log',
    source: { kind: 'audit' },
    format: 'audit',
    lines: 37,
    last: '2017-09-11T20:29:04Z',
    hosts: [],
  },
  {
    path: `${PLASO}/syslog_rsyslog_SysklogdFileFormat`,
    source: { kind: 'text' },
    format: 'syslog',
    lines: 10,
    last: 'yearless 03-06T04:07:28Z',
    hosts: ['hostname'],
  },
  {
    path: `${PLASO}/syslog_rsyslog_SyslogProtocol23Format`,
    source: { kind: 'text' },
    format: 'syslog-wire',
    lines: 10,
    last: '2021-03-06T04:07:38.269077Z',
    hosts: [],
  },
];

describe.skipIf(!existsSync(CORPUS))('logs of real clusters and hosts', () => {
  test.each(REAL)('$path', ({ path, source, format, lines, last, hosts }) => {
    const { summary } = corpusLog(path, source);
    expect([summary.format, summary.lines, stampText(summary.last)]).toEqual([format, lines, last]);
    expect(summary.hosts.map(({ host }) => host)).toEqual(hosts);
  });

  test('a kernel log and a journal of one boot agree on when it was, but for the zone', () => {
    const [boot] = corpusLog('VenRoot+logs/dmesg.log', { kind: 'kernel' }).summary.boots;
    const [other] = corpusLog('VenRoot+logs/journalctl.log', { kind: 'journal' }).summary.boots;
    expect(stampText(boot!.at)).toBe('2023-09-24T06:20:19.866903Z');
    expect(stampText(other!.at)).toBe('yearless 09-24T08:20:26Z');
  });
});

describe.skipIf(!existsSync(DERIVED))('one journal in several forms', () => {
  // journalctl's short forms print the time that the sender claimed, where it did: times are left out here.
  const said = (path: string): string[] =>
    corpusLog(`derived-journalctl-252/${path}`, { kind: 'journal' })
      .lines.map(({ decoded }) => told(decoded).replace(/^\S+ \| /, ''))
      .filter((line) => !line.includes('blob data'));

  test.each(['fluent-test.journal', 'kde-dir', 'kde-system.journal', 'velo-2404'])('%s says the same', (name) => {
    const json = said(`${name}.json.gz`);
    expect(json.length).toBeGreaterThan(2);
    expect(said(`${name}.export.gz`)).toEqual(json);
  });

  test('short-iso-precise prints what is written for export', () => {
    const printed = new Set(said('kde-dir.short-iso-precise.gz'));
    const missing = said('kde-dir.export.gz').filter((line) => !printed.has(line.trimEnd()) && !printed.has(line));
    expect(missing).toEqual([]);
  });
});
