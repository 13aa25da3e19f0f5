import { describe, expect, it } from 'vitest';
import { restartStorm } from '../../src/detectors/restart-storm.ts';
import { parseTime } from '../../src/model/time.ts';
import { detect, entitiesOf } from '../support/detect.ts';
import { facts } from '../support/facts.ts';

const NOW = '2026-01-15T12:00:00Z';
const at = (text: string) => parseTime(text)!;
const pod = (name: string, finishedAt: string, restartCount = 1) =>
  JSON.stringify({
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name, namespace: 'openshift-x' },
    spec: { nodeName: 'w-0' },
    status: {
      containerStatuses: [
        {
          name: 'c',
          ready: true,
          restartCount,
          lastState: { terminated: { reason: 'Error', exitCode: 137, finishedAt } },
        },
      ],
    },
  });
const NODE = '{"apiVersion": "v1", "kind": "Node", "metadata": {"name": "w-0"}}';
const pods = (count: number, minute: (index: number) => string, restarts?: number) =>
  [NODE, ...Array.from({ length: count }, (_, i) => pod(`p-${i}`, `2026-01-15T${minute(i)}:00Z`, restarts))].join(
    '\n---\n',
  );
const TOGETHER = pods(9, (i) => `10:0${i}`);

describe('restart-storm', () => {
  it('finds containers that went down within minutes', () => {
    const { findings } = detect(restartStorm, facts({ resources: TOGETHER }), NOW);
    expect(findings.map(entitiesOf)).toEqual([['node:w-0']]);
    expect(findings[0]).toMatchObject({
      count: 9,
      firstSeen: at('2026-01-15T10:00:00Z'),
      lastSeen: at('2026-01-15T10:08:00Z'),
      captures: { restarts: '9', pods: '9', reason: 'Error (exit code 137)' },
    });
  });

  it.each([
    ['a few', pods(7, (i) => `10:0${i}`)],
    ['those spread over hours', pods(9, (i) => `1${i % 2}:${10 + i * 5}`)],
    ['those of yesterday', pods(9, (i) => `02:0${i}`)],
    ['containers that never ran again', pods(9, (i) => `10:0${i}`, 0)],
  ])('is silent about %s', (_, resources) => {
    expect(detect(restartStorm, facts({ resources }), NOW)).toEqual({ findings: [], noData: [] });
  });

  it('leaves reboots and updates alone', () => {
    const boots = [{ host: 'w-0', from: at('2026-01-15T10:04:00Z'), source: 'journal' }];
    expect(detect(restartStorm, facts({ resources: TOGETHER, boots }), NOW).findings).toEqual([]);
    const phases = { upgrades: [{ from: at('2026-01-15T09:00:00Z'), to: at('2026-01-15T11:00:00Z') }] };
    expect(detect(restartStorm, facts({ resources: TOGETHER, phases }), NOW).findings).toEqual([]);
  });
});
