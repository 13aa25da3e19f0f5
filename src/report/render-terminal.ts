import type { Report } from '../model/report.ts';
import { graphOf } from './chain.ts';
import { commonPath } from './common-path.ts';
import { answer, preface } from './terminal/answer.ts';
import { causeDetails } from './terminal/cause.ts';
import { clocks, impact, inferred, logChanges } from './terminal/course.ts';
import { paperOf } from './terminal/paper.ts';
import { anomalies, boots } from './terminal/rhythm.ts';
import { cluster, coverage, others, unexplainedSymptoms } from './terminal/sections.ts';

export interface TerminalOptions {
  /** Columns; no line is longer, save commands that a shell could not be given in pieces. */
  readonly width: number;
  readonly color: boolean;
}

/** The report for a terminal: the answer first, then what it rests on. */
export function renderTerminal(report: Report, { width, color }: TerminalOptions): string {
  const paper = paperOf(width, color, commonPath(report));
  const graph = graphOf(report);
  const lines = [
    ...answer(paper, report, graph),
    ...preface(paper, report),
    ...impact(paper, report, graph),
    ...report.rootCauses.flatMap((cause) => causeDetails(paper, report, graph, cause)),
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
