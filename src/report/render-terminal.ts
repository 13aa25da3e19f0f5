import type { Report } from '../model/report.ts';
import { graphOf } from './chain.ts';
import { commonPath } from './common-path.ts';
import { answer, preface } from './terminal/answer.ts';
import { causeDetails } from './terminal/cause.ts';
import { clocks, impact, inferred, logChanges } from './terminal/course.ts';
import { type EvidenceLink, paperOf } from './terminal/paper.ts';
import { rate } from './terminal/rate.ts';
import { anomalies, boots } from './terminal/rhythm.ts';
import { cluster, coverage, others, unexplainedSymptoms } from './terminal/sections.ts';
import { seenBefore } from './terminal/seen-before.ts';

export interface TerminalOptions {
  /** Columns; no line is longer, save commands that a shell could not be given in pieces. */
  readonly width: number;
  readonly color: boolean;
  /** Where evidence can be opened; default: nowhere. */
  readonly link?: EvidenceLink | undefined;
}

/** The report for a terminal: the answer first, then what it rests on. */
export function renderTerminal(report: Report, { width, color, link }: TerminalOptions): string {
  const paper = paperOf(width, color, commonPath(report), link);
  const graph = graphOf(report);
  const lines = [
    ...answer(paper, report, graph),
    ...preface(paper, report),
    ...impact(paper, report, graph),
    ...rate(paper, report),
    ...report.rootCauses.flatMap((cause) => causeDetails(paper, report, graph, cause)),
    ...seenBefore(paper, report),
    ...inferred(paper, report, graph),
    ...unexplainedSymptoms(paper, report, graph),
    ...anomalies(paper, report),
    ...logChanges(paper, report),
    ...others(paper, report, graph),
    ...boots(paper, report),
    ...cluster(paper, report),
    ...clocks(paper, report),
    ...coverage(paper, report),
  ];
  return `${lines.join('\n')}\n`;
}
