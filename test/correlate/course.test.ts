import { describe, expect, it } from 'vitest';
import { earlierOf, recoveryOf } from '../../src/correlate/course.ts';
import { parseTime } from '../../src/model/time.ts';
import { factsWith, finding } from '../support/findings.ts';

const at = (text: string) => parseTime(text)!;

const mended = finding('certificate-lost', ['node:m1'], {
  role: 'cause',
  status: 'recovered',
  from: '2026-01-05T10:00:00Z',
  to: '2026-01-05T12:00:00Z',
});

const ready = (name: string, since: string) => ({
  group: '',
  kind: 'Node',
  name,
  body: { status: { conditions: [{ type: 'Ready', status: 'True', lastTransitionTime: since }] } },
  path: `${name}.yaml`,
  pointer: '',
  lineOf: () => 7,
});

describe('a cause that is over', () => {
  it('ended when it was last seen, with what happened then on its host and in the cluster', () => {
    const repair = finding('files-restored', ['node:m1'], { role: 'context', from: '2026-01-05T11:58:00Z' });
    const elsewhere = finding('files-restored', ['node:m2'], { role: 'context', from: '2026-01-05T11:58:00Z' });
    const long = finding('reboot-planned', ['node:m1'], { role: 'context', from: '2026-01-05T08:00:00Z' });
    const boot = { at: '2026-01-05T11:59:00Z', lane: 'node m1', kind: 'boot', severity: 'info', text: 'boot' } as const;
    const facts = factsWith({ Node: [ready('m1', '2026-01-05T12:05:00Z'), ready('m2', '2026-01-02T00:00:00Z')] });
    expect(recoveryOf(mended, [mended, repair, elsewhere, long], [boot], facts)).toEqual({
      at: '2026-01-05T12:00:00Z',
      changed: [
        { at: '2026-01-05T11:58:00Z', text: 'files-restored', source: 'x.log', line: 1 },
        { at: '2026-01-05T11:59:00Z', text: 'boot (node m1)' },
        { at: '2026-01-05T12:05:00Z', text: 'Node m1 became Ready=True', source: 'm1.yaml', line: 7 },
      ],
    });
  });

  it('is told of no cause that goes on', () => {
    expect(recoveryOf({ ...mended, status: 'active' }, [], [], factsWith({}))).toBeUndefined();
  });
});

it('earlier occurrences are told with their spans', () => {
  const earlier = [{ from: at('2026-01-03T10:00:00Z'), to: at('2026-01-03T10:10:00Z'), count: 12 }];
  expect(earlierOf({ ...mended, earlier })).toEqual([
    { from: '2026-01-03T10:00:00Z', until: '2026-01-03T10:10:00Z', count: 12 },
  ]);
  expect(earlierOf(mended)).toBeUndefined();
});
