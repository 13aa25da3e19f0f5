import { describe, expect, it } from 'vitest';
import { compareReports } from '../../src/compare/compare.ts';
import { comparisonSchema } from '../../src/model/comparison.ts';
import type { Report, ReportFinding } from '../../src/model/report.ts';
import { renderComparison } from '../../src/report/comparison/render-comparison.ts';
import { HOSTILE, reportFixture as report } from '../support/report-fixture.ts';

const [first, second] = report().findings as [ReportFinding, ReportFinding];
const cause = report().rootCauses[0]!;

function with_(more: Partial<Report>): Report {
  return { ...report(), findings: [first], rootCauses: [], ...more };
}

const configured = (fields: Readonly<Record<string, string>>) => [
  {
    kind: 'Proxy.config.openshift.io',
    name: 'cluster',
    source: 'proxies.yaml',
    fields: Object.entries(fields).map(([path, value], n) => ({ path, value, line: 10 + n })),
  },
];

describe('two reports', () => {
  it('that are the same differ in nothing', () => {
    const { causes, findings, states, configuration, notes } = compareReports(report(), report());
    expect(causes).toEqual({ appeared: [], disappeared: [] });
    expect(findings).toEqual({ appeared: [], disappeared: [], changed: [] });
    expect([states, configuration]).toEqual([[], []]);
    expect(notes.filter((note) => !note.includes('configuration'))).toEqual([]);
  });

  it('differ in findings that appeared, went or changed state, and in causes', () => {
    const after = with_({
      findings: [{ ...first, status: 'recovered', severity: 'warning' }, second],
      rootCauses: [cause],
    });
    const there = compareReports(with_({}), after);
    expect(there.findings.appeared.map(({ id }) => id)).toEqual([second.id]);
    expect(there.findings.appeared[0]!.evidence).toEqual(second.evidence);
    expect(there.findings.changed).toMatchObject([
      { id: first.id, status: 'recovered', before: { status: first.status, severity: first.severity } },
    ]);
    expect(there.causes.appeared.map(({ title }) => title)).toEqual([cause.title]);
    const back = compareReports(after, with_({}));
    expect(back.findings.disappeared.map(({ id }) => id)).toEqual([second.id]);
    expect(back.causes.disappeared.map(({ title }) => title)).toEqual([cause.title]);
  });

  it('say whether what is gone was looked for', () => {
    const outcome = (is: 'clear' | 'no-data') => [{ signature: first.signature, outcome: is }];
    const looked = (is: 'clear' | 'no-data') =>
      compareReports(with_({}), with_({ findings: [], outcomes: outcome(is) })).findings.disappeared[0]!.looked;
    expect([looked('clear'), looked('no-data')]).toEqual([true, false]);
    const gone = (is: 'clear' | 'no-data') =>
      compareReports(
        with_({ rootCauses: [cause] }),
        with_({ outcomes: [{ signature: cause.signature, outcome: is }] }),
      );
    expect(gone('clear').causes.disappeared).toMatchObject([{ looked: true }]);
    expect(renderComparison(gone('clear'), 'terminal')).not.toContain('may go on');
    expect(renderComparison(gone('no-data'), 'terminal')).toMatch(/no longer looked\s+at, may go on/);
  });

  it('differ in the state of operators and nodes', () => {
    const node = (ready: boolean) => ({ name: 'm0', roles: [], ready });
    const operator = { name: 'etcd', available: true, progressing: false, degraded: false };
    const before = with_({ cluster: { ...report().cluster, nodes: [node(true)], operators: [operator] } });
    const after = with_({
      cluster: { ...report().cluster, nodes: [node(false)], operators: [{ ...operator, degraded: true }] },
    });
    expect(compareReports(before, after).states).toEqual([
      { kind: 'operator', name: 'etcd', before: 'available', after: 'available, degraded' },
      { kind: 'node', name: 'm0', before: 'ready', after: 'not ready' },
    ]);
  });

  it('differ in fields of configuration, at their line', () => {
    const before = with_({ configuration: configured({ httpProxy: 'http://a:3128', noProxy: '.lab' }) });
    const after = with_({ configuration: configured({ httpProxy: 'http://b:3128', 'trustedCA/name': 'ca' }) });
    const common = { kind: 'Proxy.config.openshift.io', name: 'cluster' };
    expect(compareReports(before, after).configuration).toEqual([
      {
        ...common,
        field: 'httpProxy',
        before: 'http://a:3128',
        after: 'http://b:3128',
        place: { source: 'proxies.yaml', line: 10 },
      },
      { ...common, field: 'noProxy', before: '.lab', place: { source: 'proxies.yaml', line: 11 } },
      { ...common, field: 'trustedCA/name', after: 'ca', place: { source: 'proxies.yaml', line: 11 } },
    ]);
    expect(compareReports(with_({ configuration: [] }), after).configuration).toEqual([]);
  });

  it('differ in a list or an object that only one has as a whole', () => {
    const fields = { 'list/0/kind': 'Secret', 'list/0/name': 'a', 'list/1/kind': 'Secret', 'list/1/name': 'b', x: '1' };
    const longer = { ...fields, 'list/2/kind': 'ConfigMap', 'list/2/name': 'c' };
    const changes = (before: Readonly<Record<string, string>>, after: Readonly<Record<string, string>>) =>
      compareReports(
        with_({ configuration: configured(before) }),
        with_({ configuration: configured(after) }),
      ).configuration.map((change) => [change.field, change.before, change.after, change.place.line]);
    expect(changes(longer, { x: '2' })).toEqual([
      ['list', '0/kind: Secret, 0/name: a, 1/kind: Secret, 1/name: b, 2/kind: ConfigMap, 1 more', undefined, 10],
      ['x', '1', '2', 10],
    ]);
    expect(changes(fields, longer)).toEqual([['list/2', undefined, 'kind: ConfigMap, name: c', 15]]);
    expect(changes({ a: '1' }, { 'a/b': '1' })).toEqual([
      ['a', '1', undefined, 10],
      ['a/b', undefined, '1', 10],
    ]);
  });

  it('differ in elements of lists, not in all that stand behind one', () => {
    const list = (...items: (string | Record<string, string>)[]) =>
      Object.fromEntries(
        items.flatMap((item, index) =>
          typeof item === 'string'
            ? [[`list/${index}`, item]]
            : Object.entries(item).map(([field, value]) => [`list/${index}/${field}`, value]),
        ),
      );
    const changes = (before: Record<string, string>, after: Record<string, string>) =>
      compareReports(
        with_({ configuration: configured(before) }),
        with_({ configuration: configured(after) }),
      ).configuration.map((change) => [change.field, change.before, change.after]);
    expect(changes(list('a', 'b', 'c'), list('x', 'a', 'b', 'c'))).toEqual([['list/0', undefined, 'x']]);
    expect(changes(list('a', 'b', 'c'), list('b', 'c'))).toEqual([['list/0', 'a', undefined]]);
    expect(changes(list('a', 'b'), list('a', 'c'))).toEqual([['list/1', 'b', 'c']]);
    expect(changes(list('a', 'a'), list('a'))).toEqual([['list/1', 'a', undefined]]);
    const [ldap, github] = [
      { name: 'ldap', type: 'LDAP', 'rules/0': 'a', 'rules/1': 'b' },
      { name: 'github', type: 'GitHub' },
    ];
    const newer = { ...ldap, 'rules/0': 'z', 'rules/1': 'a', 'rules/2': 'b' };
    expect(changes(list(ldap), list(github, newer))).toEqual([
      ['list/0', undefined, 'name: github, type: GitHub'],
      ['list/1/rules/0', undefined, 'z'],
    ]);
    expect(changes(list(github, ldap), list(ldap))).toEqual([['list/0', 'name: github, type: GitHub', undefined]]);
  });

  it('call a node absent only where others were gathered', () => {
    const node = (name: string) => ({ name, roles: [], ready: true });
    const side = (...names: string[]) => with_({ cluster: { ...report().cluster, nodes: names.map(node) } });
    expect(compareReports(side('m0'), side('m0', 'w0')).states).toEqual([
      { kind: 'node', name: 'w0', before: 'absent', after: 'ready' },
    ]);
    expect(compareReports(side(), side('w0')).states).toEqual([{ kind: 'node', name: 'w0', after: 'ready' }]);
  });

  it('of two clusters, or in the wrong order, are compared with a warning', () => {
    const at = (id: string, gatheredAt: string) =>
      with_({ cluster: { ...report().cluster, id }, window: { gatheredAt }, configuration: [] });
    const notes = compareReports(at('a', '2026-01-02T00:00:00Z'), at('b', '2026-01-01T00:00:00Z')).notes;
    expect(notes.join(' ')).toMatch(/two clusters: a and b.*first was gathered after the second/);
  });
});

describe('a comparison is shown', () => {
  const hostile = { ...second, title: `${HOSTILE} password=hunter2` };
  const comparison = compareReports(
    with_({ configuration: [] }),
    with_({ findings: [first, hostile], configuration: [] }),
  );

  it('as JSON by its schema', () => {
    expect(comparisonSchema.safeParse(JSON.parse(renderComparison(comparison, 'json'))).error?.issues ?? []).toEqual(
      [],
    );
  });

  it.each(['terminal', 'markdown'] as const)('as %s, harmless whatever the logs hold', (format) => {
    const shown = renderComparison(comparison, format);
    expect(shown).toContain('Appeared');
    expect(shown).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202e\u200b]/);
    expect(shown).not.toContain('hunter2');
    if (format === 'markdown') expect(shown).not.toContain('<script>');
  });

  it('as nothing where nothing differs', () => {
    const same = compareReports(with_({ configuration: [] }), with_({ configuration: [] }));
    expect(renderComparison(same, 'terminal')).toContain('Nothing that is known to matter differs.');
  });
});
