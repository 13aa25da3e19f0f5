import type { Report, ReportFinding } from '../../model/report.ts';
import { type Graph, graphOf } from '../chain.ts';
import { commonPath } from '../common-path.ts';

/** What every part of the page is made from. */
export interface Page {
  readonly report: Report;
  readonly graph: Graph;
  /** Fragment identifiers of the findings, by finding id. */
  readonly anchors: ReadonlyMap<string, string>;
  /** Directory that `…/` stands for. */
  readonly root: string | undefined;
}

export function pageOf(report: Report): Page {
  return { report, graph: graphOf(report), anchors: anchorsOf(report.findings), root: commonPath(report) };
}

/** `f-<id>` where the id can stand in a fragment, else the finding's place. A second finding of one id has its own. */
function anchorsOf(findings: readonly ReportFinding[]): Map<string, string> {
  const anchors = new Map<string, string>();
  findings.forEach(({ id }, i) => {
    if (!anchors.has(id)) anchors.set(id, /^[\w-]{1,64}$/.test(id) ? `f-${id}` : `n-${i}`);
  });
  return anchors;
}

export function shortPath(page: Page, path: string): string {
  return page.root !== undefined && path.startsWith(page.root) ? `…/${path.slice(page.root.length)}` : path;
}

export function shortened(page: Page, text: string): string {
  return page.root === undefined ? text : text.replaceAll(page.root, '…/');
}

export function causeAnchor(rank: number): string {
  return `cause-${rank}`;
}
