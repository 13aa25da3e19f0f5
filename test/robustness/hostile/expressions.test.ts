import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { GOOD_FINDING, GOOD_LINE, hostileFolder } from './hostile-folder.ts';
import { runHostile } from './run-hostile.ts';

const folder = hostileFolder();

function signature(id: string, pattern: string): string {
  return `id: ${id}
title: A test of patience
component: test
severity: error
role: cause
status: stable
recovery: in-place
match:
  line:
    log:
      source: [installer, text]
      contains: [patience is tried]
      pattern: '${pattern}'
when: { type: any }
entities: [cluster]
summary: Never seen.
why: It is made to be slow.
fix:
  - { text: Do nothing, risk: safe }
tests:
  hits:
    - { name: a, log: { source: text, lines: ['{iso} patience is tried'] } }
  clear:
    - { name: b, log: { source: text, lines: ['{iso} nothing'] } }
`;
}

describe('the expression of a user', () => {
  it.each([
    ['that never comes back', '(?:a+)+b patience is tried', `${'a'.repeat(64)} patience is tried\n`],
    ['that is slow on each of many lines', 'x.*x.*x.*x.*z', `patience is tried ${'x'.repeat(1500)}\n`.repeat(400)],
  ])('%s fails its signature and nothing else', (_, pattern, lines) => {
    folder.file('mine/slow-one.yaml', signature('slow-one', pattern));
    const log = folder.file('slow.log', `${GOOD_LINE}${lines}`);
    const { status, report } = runHostile(
      [log],
      ['--signatures', path.join(folder.path(), 'mine'), '--max-pattern-time', '500'],
    );
    expect(status).toBe(0);
    expect(report.findings.map((finding) => finding.signature)).toContain(GOOD_FINDING);
    const outcome = report.outcomes.find(({ signature: id }) => id === 'slow-one');
    expect(outcome?.outcome).toBe('failed');
    expect(outcome?.reason).toContain('took too long');
  });
});
