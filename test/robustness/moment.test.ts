import { describe, expect, it } from 'vitest';
import { gatherMoment } from '../../src/gather-moment.ts';
import { newestSound, newestTime } from '../../src/ingest/clock/newest-time.ts';
import { placeTimes } from '../../src/ingest/clock/place-times.ts';
import { zoneNotes } from '../../src/ingest/clock/zones.ts';
import { markerOf } from '../../src/ingest/lines/summary/markers.ts';
import type { Ingested, SourceSummary } from '../../src/model/ingest.ts';
import type { Resource } from '../../src/model/resource.ts';
import { DAY, HOUR, MINUTE, parseTime } from '../../src/model/time.ts';
import { severalClusters } from '../../src/several-clusters.ts';

const AT = parseTime('2026-01-15T10:00:00Z')!;

function ingested(more: Partial<Ingested> = {}): Ingested {
  return { inputs: [], files: [], summaries: [], skipped: [], missing: [], notes: [], ...more };
}

function object(kind: string, body: Resource['body']): Resource {
  return { group: '', kind, name: 'x', path: 'x.yaml', pointer: '', body, lineOf: () => 1 };
}

function node(heartbeat: string): Resource {
  return object('Node', { status: { conditions: [{ type: 'Ready', lastHeartbeatTime: heartbeat }] } });
}

function log(more: Partial<SourceSummary>): SourceSummary {
  const source = { path: 'a.log', kind: 'journal' } as const;
  return { source, format: 'journal-short', lines: 1, hosts: [], boots: [], ...more };
}

describe('the time of a gather', () => {
  it('is what its own stamp says, whatever else is in it', () => {
    const gathered = { at: AT, source: 'timestamp', by: 'stamp' } as const;
    expect(gatherMoment(ingested({ gathered }), [node('2025-01-01T00:00:00Z')], undefined, undefined)).toEqual({
      at: AT,
    });
  });

  it('is not the age of an archive that was packed again long after', () => {
    const gathered = { at: AT, source: 'node.yaml', by: 'age' } as const;
    const moment = gatherMoment(ingested({ gathered }), [node('2021-07-12T00:00:00Z')], undefined, undefined);
    expect(moment.at).toBe(parseTime('2021-07-12T00:00:00Z'));
    expect(moment.note).toContain('node.yaml');
  });

  it('is the later of both where they are of one day', () => {
    const gathered = { at: AT, source: 'kubelet.log', by: 'header' } as const;
    expect(gatherMoment(ingested({ gathered }), [node('2026-01-15T10:03:00Z')], AT + HOUR, undefined)).toEqual({
      at: AT + HOUR,
    });
  });

  it('is unknown where only yearless lines were given, and the report says why', () => {
    const last = { clock: 'yearless', micros: 5 } as const;
    const moment = gatherMoment(ingested({ summaries: [log({ last })] }), [], undefined, undefined);
    expect(moment.at).toBeUndefined();
    expect(moment.note).toContain('No year');
    expect(gatherMoment(ingested(), [], undefined, undefined)).toEqual({ at: undefined });
  });
});

describe('the newest time of many witnesses', () => {
  const many = Array.from({ length: 40 }, (_, at) => AT - at * HOUR);

  it('is not that of a lone one in the future', () => {
    expect(newestSound([...many, AT + 400 * DAY])).toBe(AT);
    expect(newestSound([...many, AT + DAY])).toBe(AT + DAY);
  });

  it('is the newest of a few, as nobody can outvote it', () => {
    expect(newestSound([AT, AT - 400 * DAY])).toBe(AT);
    expect(newestSound([])).toBeUndefined();
  });

  it('is never beyond the century', () => {
    expect(newestSound([parseTime('2199-01-01T00:00:00Z')!, AT])).toBe(AT);
  });

  it('holds for logs', () => {
    const logs = [...many, AT + 900 * DAY].map((micros) => log({ last: { clock: 'absolute', micros } }));
    expect(newestTime(logs)).toBe(AT);
  });
});

describe('the zone of a log', () => {
  const yearless = { clock: 'yearless', micros: 14 * DAY + 10 * HOUR } as const;

  it('is the one of its own header', () => {
    const line = '-- Logs begin at Wed 2026-01-14 10:00:00 CET, end at Thu 2026-01-15 12:00:00 CET. --';
    const marker = markerOf(line);
    expect(marker).toEqual({
      type: 'header',
      interval: { from: parseTime('2026-01-14T09:00:00Z'), to: parseTime('2026-01-15T11:00:00Z') },
      zone: { name: 'CET', offset: HOUR },
    });
    const header = marker?.type === 'header' ? { header: marker.interval, zone: marker.zone! } : {};
    expect(placeTimes([log({ ...header, last: yearless })], AT)('a.log', undefined, yearless)).toBe(AT - HOUR);
  });

  it('is assumed where nothing names it, and only there', () => {
    const loose = log({ last: yearless });
    const ofGather = log({ source: { path: 'b', kind: 'journal', merged: true }, last: yearless });
    const place = placeTimes([loose, ofGather], AT, 5 * HOUR + 30 * MINUTE);
    expect(place('a.log', undefined, yearless)).toBe(AT - 5 * HOUR - 30 * MINUTE);
    expect(place('b', undefined, yearless)).toBe(AT);
  });

  it('is told as a note once for each kind of log', () => {
    const loose = log({ last: yearless });
    expect(zoneNotes([loose, loose], undefined)).toEqual([
      '2 journal logs (a.log, …) state no time zone: their times are read as UTC (--assume-timezone sets another).',
    ]);
    const last = { clock: 'absolute', micros: AT } as const;
    const odd = log({ format: 'journal-short-full', zone: { name: 'IST' }, last });
    expect(zoneNotes([odd], HOUR)[0]).toContain('the time zone IST');
    expect(zoneNotes([log({ last, format: 'logrus' })], undefined)).toEqual([]);
  });
});

it('says that several clusters were given as one', () => {
  const version = (clusterID: string): Resource => object('ClusterVersion', { spec: { clusterID } });
  expect(severalClusters([version('b'), version('a'), version('b')])).toContain('2 clusters (a, b)');
  expect(severalClusters([version('a'), node('')])).toBeUndefined();
});
