import type { Report } from '../../src/model/report.ts';
import { mapStrings } from '../../src/report/redact/map-strings.ts';
import { HOSTILE, reportFixture } from './report-fixture.ts';

/** The fixture with everything that a report may hold besides. */
export function fullReport(): Report {
  const report = reportFixture();
  const [first] = report.findings;
  Object.assign(first!.evidence[1]!, { before: ['one line before', HOSTILE], after: ['one line after'] });
  Object.assign(report.rootCauses[2]!, {
    recovered: {
      at: '2025-12-04T02:00:00Z',
      changed: [{ at: '2025-12-04T01:59:00Z', text: 'two requests were approved' }],
    },
    earlier: [{ from: '2025-11-01T08:00:00Z', until: '2025-11-01T09:30:00Z', count: 12 }],
  });
  report.impact = {
    began: '2025-12-02T19:00:05Z',
    beganWith: 'f-vip',
    mayBeEarlier: true,
    firstReported: { at: '2025-12-02T19:00:08Z', text: 'operator network degraded', source: 'network.yaml', line: 40 },
    visibleForMs: 106_786_000,
    visibleSign: 'operator network degraded for 30 h',
    affected: [
      {
        kind: 'operator-degraded',
        name: 'network',
        from: '2025-12-02T19:00:08Z',
        text: 'VIP not found',
        source: 'n.yaml',
      },
      { kind: 'operator-unavailable', name: 'console', until: '2025-12-03T01:00:00Z' },
      { kind: 'node-not-ready', name: 'master-1', from: '2025-12-03T22:00:00Z', until: '2025-12-03T23:00:00Z' },
      { kind: 'api-errors', name: 'cluster', from: '2025-12-03T22:00:00Z', until: '2025-12-03T22:10:00Z', line: 7 },
      { kind: 'pool-degraded', name: 'worker', finding: 'f-co' },
    ],
  };
  report.clockSkews = [
    {
      host: 'master-2',
      against: 'cluster',
      skewMs: -754_000,
      uncertaintyMs: 2000,
      samples: 3,
      because: ['requests came late'],
    },
  ];
  report.inferred = [
    {
      id: 'i-1',
      title: 'The keepalived of master-1 lost the VIP',
      signature: 'keepalived-lost-vip',
      entities: [{ kind: 'node', name: 'master-1' }],
      cause: 'f-vip',
      effect: 'f-guard',
      strength: 0.4,
      because: ['the VIP answered nobody'],
      collectNext: ['the journal of keepalived'],
    },
  ];
  const evidence = [{ source: 'journal-master-1.txt', line: 9, text: HOSTILE, repeats: 1 }];
  report.logChanges = [
    {
      kind: 'rate',
      source: 'a.log',
      template: 'retry # of #',
      logs: 3,
      count: 900,
      perHourBefore: 2,
      perHourAfter: 310.4,
      evidence,
    },
    { kind: 'first', source: 'a.log', template: 'error #', logs: 1, count: 4, from: '2025-12-02T19:00:00Z', evidence },
    {
      kind: 'silence',
      source: 'b.log',
      host: 'master-1',
      logs: 1,
      count: 1,
      until: '2025-12-03T22:00:00Z',
      evidence: [],
    },
  ];
  report.boots = [
    {
      host: 'master-1',
      from: '2025-12-01T08:00:00Z',
      until: '2025-12-02T08:00:00Z',
      ending: 'panic',
      source: 'j',
      last: evidence[0],
    },
    { host: 'master-1', from: '2025-12-02T08:05:00Z', source: 'j' },
  ];
  report.anomalies = [
    { source: 'c.log', template: 'waiting for #', logs: 2, count: 95, share: 0.94, medianSpacingMs: 32_000, evidence },
  ];
  report.timeline.push({
    at: '2025-12-01T07:00:00Z',
    lane: 'cluster',
    kind: 'version',
    severity: 'info',
    text: 'version 4.18.14 started',
  });
  return report;
}

/** What somebody may write who wants the reader's browser, terminal, chat or judgement. */
export const ATTACKS = [
  HOSTILE,
  '</script><script>alert(1)</script><style>*{display:none}</style>',
  '"><img src=x onerror=alert(1)><svg onload=alert(1)>',
  "' onmouseover='alert(1)' autofocus onfocus='alert(1)",
  '<a href="javascript:alert(1)">click</a> javascript:alert(1) data:text/html,<script>alert(1)</script>',
  '<iframe src="http://evil.example"></iframe><form action=http://evil.example><input name=q>',
  '\u001b]8;;http://evil.example\u0007link\u001b]8;;\u0007 \u001b[1A\u001b[2K \u009d52;c;cm0=\u009c \r overwritten',
  '\u202E\u2066 reversed \u2069\u202C <!channel> <@U12345> <http://evil.example|click> @everyone `code` *bold* _it_ ~no~',
  '[x]: http://evil.example "t"\n[link][x] ![i](http://evil.example/i.png) <http://evil.example> https://evil.example # h\n---',
  '=cmd|\' /C calc\'!A0,"quoted",-1+1,@SUM(A1)\t|a|b|\n|---|---|\n> quote\n- [ ] task\n1. item',
  `${'\u0301'.repeat(200)} ${'w'.repeat(3000)} <!-- --> ]]> {{7*7}} \${7*7} &lt;b&gt; &#60; \\u003cscript\\u003e`,
  '__proto__ constructor toString \ud800 \udfff \ufeff\u0000',
];

/** The full report with an attack in every field that is text of the cluster. */
export function hostileReport(): Report {
  let next = 0;
  return mapStrings(fullReport(), () => ATTACKS[next++ % ATTACKS.length]!);
}
