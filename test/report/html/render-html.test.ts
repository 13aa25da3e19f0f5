import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { Report } from '../../../src/model/report.ts';
import { renderHtml } from '../../../src/report/html/render-html.ts';
import { parseReport } from '../../../src/report/parse-report.ts';
import { largeReport } from '../../support/large-report.ts';
import { reportFixture } from '../../support/report-fixture.ts';

const seed = parseReport(readFileSync('sample-gathers/vip-outside-machine-network/expected.json', 'utf8'));
const hostile = renderHtml(reportFixture());

function sha256(body: string): string {
  return createHash('sha256').update(body).digest('base64');
}

function bodies(html: string, element: RegExp): string[] {
  return [...html.matchAll(element)].map((match) => match[1]!);
}

/** The page without its own scripts, styles and packed data: what the report put there. */
function markup(html: string): string {
  return html.replace(/<(script|style)[\s>][\s\S]*?<\/\1>/g, '');
}

describe('renderHtml', () => {
  it('shows hostile text and lets none of it become markup', () => {
    const shown = markup(hostile);
    expect(shown).toContain('&lt;script&gt;alert(1)&lt;/script&gt;');
    expect(shown).not.toMatch(/<(?:script|img|iframe|object|form action)/);
    expect(shown).not.toMatch(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u202a-\u202e\u200b]/);
    expect(shown).toContain('&lt;U+202E&gt;');
    expect(shown).not.toMatch(/\son\w+=|\sstyle=/);
  });

  it('escapes ids of findings wherever they stand', () => {
    const report = reportFixture();
    const evil = '"><script>alert(2)</script>';
    report.findings[0]!.id = evil;
    report.rootCauses[0]!.finding = evil;
    report.edges[0]!.cause = evil;
    report.timeline[0]!.finding = evil;
    report.unexplained.push(evil);
    expect(markup(renderHtml(report))).not.toContain('<script>alert(2)');
  });

  it('refers to nothing outside itself', () => {
    for (const html of [hostile, renderHtml(seed)]) {
      const references = bodies(markup(html), /\s(?:href|src|xlink:href|action|srcset|data)="([^"]*)"/g);
      expect(references.length).toBeGreaterThan(10);
      expect(references.filter((reference) => !/^#[\w-]+$/.test(reference))).toEqual([]);
      const style = bodies(html, /<style>([\s\S]*?)<\/style>/g).join('');
      expect(style).not.toMatch(/url\(|@import/);
    }
  });

  it('has fragments that lead somewhere, and every id once', () => {
    for (const html of [hostile, renderHtml(seed)]) {
      const ids = bodies(markup(html), /\sid="([^"]*)"/g);
      expect(ids.filter((id, i) => ids.indexOf(id) !== i)).toEqual([]);
      const fragments = bodies(markup(html), /href="#([^"]+)"/g);
      expect(fragments.filter((fragment) => !ids.includes(fragment))).toEqual([]);
    }
  });

  it('allows by its policy exactly the scripts and styles that it holds', () => {
    const policy = /http-equiv="Content-Security-Policy" content="([^"]+)"/.exec(hostile)![1]!;
    expect(policy).toMatch(/^default-src 'none'; script-src 'sha256-/);
    expect(policy).not.toMatch(/unsafe|http|data:|\*/);
    const [style] = bodies(hostile, /<style>([\s\S]*?)<\/style>/g);
    const [script] = bodies(hostile, /<script>([\s\S]*?)<\/script>/g);
    const [engine] = bodies(hostile, /<script type="text\/plain" id="search-engine">([\s\S]*?)<\/script>/g);
    expect(policy).toContain(`style-src 'sha256-${sha256(style!)}'`);
    expect(policy).toContain(`script-src 'sha256-${sha256(script!)}' 'sha256-${sha256(engine!)}'`);
  });

  it('gives the same bytes for the same report', () => {
    expect(renderHtml(reportFixture())).toBe(hostile);
    expect(renderHtml(JSON.parse(JSON.stringify(seed)) as Report)).toBe(renderHtml(seed));
  });

  it('answers on the first screen', () => {
    const answer = /<section id="answer"[\s\S]*?<\/section>/.exec(renderHtml(seed))![0];
    for (const words of [
      'Failed',
      'needs a reinstall',
      'API VIP 10.46.124.13',
      'almost certain (',
      'What is not known',
      'Copy',
    ]) {
      expect(answer).toContain(words);
    }
  });

  it('draws the VIP outside its network', () => {
    expect(renderHtml(seed)).toMatch(/<g class="vip outside">[\s\S]{1,400}API VIP 10\.46\.124\.13, outside/);
  });

  it('marks what was captured', () => {
    expect(hostile).toContain('machineNetworks: [<mark>10.46.120.0/24</mark>]');
  });

  it('stays small for an incident and bounded for a flood', () => {
    expect(renderHtml(seed).length).toBeLessThan(400_000);
    const flood = renderHtml(largeReport(2000, 20_000));
    expect(flood.length).toBeLessThan(8_000_000);
    expect(bodies(flood, /(<rect class="mark)/g).length).toBeLessThan(20_000);
    // Each is a container that the browser watches while it scrolls.
    expect(bodies(flood, /(<div class="chunk)/g).length).toBeLessThan(60);
  });

  it('renders a report that knows nothing', () => {
    const empty = {
      ...seed,
      inputs: [],
      cluster: { apiVIPs: [], ingressVIPs: [], machineNetworks: [], nodes: [], operators: [] },
      window: {},
      verdict: { status: 'inconclusive' as const, recovery: 'unknown' as const, summary: '' },
      rootCauses: [],
      findings: [],
      edges: [],
      unexplained: [],
      timeline: [],
      boots: [],
      anomalies: [],
      outcomes: [],
    };
    expect(renderHtml(empty)).toContain('No root cause was found.');
  });
});
