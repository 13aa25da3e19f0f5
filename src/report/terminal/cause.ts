import type { Report, RootCause } from '../../model/report.ts';
import { becauseOf, chainOf, explainedWithoutEdge, type Graph, type Step, stepNote, stepTitle } from '../chain.ts';
import { breakCommand, commandLines } from '../command.ts';
import { earlierInWords, recoveredInWords } from '../course-words.ts';
import { visible } from '../text-safety.ts';
import {
  beforeGather,
  confidenceInWords,
  entitiesInWords,
  percent,
  placeOf,
  readableTime,
  recoveryInWords,
  statusInWords,
} from '../words.ts';
import { evidenceLines } from './evidence.ts';
import { bullets, heading, labelled, type Paper, paragraph, type Style, shortened } from './paper.ts';

/** Everything that the report says of one root cause. */
export function causeDetails(paper: Paper, report: Report, graph: Graph, cause: RootCause): string[] {
  const finding = graph.findings.get(cause.finding);
  const ago = cause.status === 'active' ? beforeGather(report, finding?.firstSeen) : undefined;
  const state = [
    `${confidenceInWords(cause.confidence)} (${percent(cause.confidence)})`,
    `${statusInWords(cause.status, finding)}${ago === undefined ? '' : ` (${ago})`}`,
    ...(cause.recovery === undefined ? [] : [recoveryInWords(cause.recovery)]),
  ].join(', ');
  const also = cause.entities.length === 0 ? '' : ` · ${entitiesInWords(cause.entities, 8)}`;
  return [
    ...heading(paper, `Root cause ${cause.rank}`),
    ...paragraph(paper, '', cause.title, { style: 'bold' }),
    ...paragraph(paper, '', `${state}${also}`),
    ...paragraph(paper, '', `signature ${cause.signature}`, { style: 'dim' }),
    ...(cause.summary === undefined ? [] : ['', ...paragraph(paper, '', cause.summary)]),
    ...(cause.why === undefined ? [] : ['', ...paragraph(paper, '', cause.why, { style: 'dim' })]),
    ...labelled(
      paper,
      'Because',
      bullets(
        paper,
        cause.because.map((because) => shortened(paper, because)),
      ),
    ),
    ...labelled(paper, 'What it led to', chain(paper, graph, cause)),
    ...labelled(paper, 'How it ended', bullets(paper, recoveredInWords(cause))),
    ...labelled(paper, 'Seen before', bullets(paper, earlierInWords(cause))),
    ...labelled(paper, 'Evidence', evidenceLines(paper, finding?.evidence ?? [])),
    ...labelled(paper, 'Fix', actions(paper, cause.remediation)),
    ...labelled(paper, 'Check', actions(paper, cause.verify)),
    ...labelled(paper, 'Instead it could be', alternatives(paper, cause)),
    ...labelled(paper, 'Collect next', bullets(paper, cause.collectNext)),
  ];
}

function chain(paper: Paper, graph: Graph, cause: RootCause): string[] {
  const steps = chainOf(graph, cause.finding);
  const others = explainedWithoutEdge(graph, cause, steps);
  return [
    ...(steps.length === 0 ? [] : paragraph(paper, '  ', cause.title)),
    ...steps.flatMap((step) => drawn(paper, step)),
    ...others.flatMap((title) => paragraph(paper, '  - ', `explains: ${title}`)),
  ];
}

function drawn(paper: Paper, step: Step): string[] {
  const { lead, hanging } = branch(paper, step);
  const { edge, effect } = step;
  const title = `${stepTitle(step)}${stepNote(step)}`;
  if (step.seen && !step.weak) return paragraph(paper, lead, title, { hanging });
  const because = becauseOf(step);
  const facts = [
    ...(effect?.firstSeen === undefined ? [] : [readableTime(effect.firstSeen)]),
    `link ${percent(edge.strength)}`,
    ...(because === '' ? [] : [because]),
  ].join(', ');
  const place = effect?.evidence[0];
  return [
    ...paragraph(paper, lead, title, { hanging }),
    ...paragraph(paper, hanging, facts, { hanging, style: 'dim' }),
    ...(place === undefined
      ? []
      : paragraph(paper, hanging, shortened(paper, placeOf(place)), {
          hanging,
          style: 'cyan',
          link: paper.link?.(place.source, place.line),
        })),
  ];
}

/** Tree branches; a chain deeper than the paper can show stays at its edge and says how deep it is. */
function branch(paper: Paper, step: Step): { readonly lead: string; readonly hanging: string } {
  const own = step.more[step.depth - 1] === true;
  const arrow = step.weak ? '╌▷' : '─▶';
  if (step.depth * 4 > paper.width / 2) return { lead: `  (${step.depth} steps on) ${arrow} `, hanging: '      ' };
  const above = step.more
    .slice(0, -1)
    .map((more) => (more ? '│   ' : '    '))
    .join('');
  return { lead: `  ${above}${own ? '├' : '└'}${arrow} `, hanging: `  ${above}${own ? '│   ' : '    '}` };
}

type Action = RootCause['remediation'][number];

const RISK_STYLE: Readonly<Record<NonNullable<Action['risk']>, Style>> = {
  safe: 'green',
  disruptive: 'yellow',
  destructive: 'red',
};

export function actions(paper: Paper, list: readonly Action[]): string[] {
  return list.flatMap((action, i) => {
    const number = `  ${i + 1}. `;
    const risk = action.risk === undefined ? '' : `[${action.risk}] `;
    const [first, ...rest] = paragraph(paper, number, `${risk}${action.text}`);
    const marked =
      action.risk === undefined
        ? first!
        : first!.replace(risk.trim(), () => paper.paint(RISK_STYLE[action.risk!], risk.trim()));
    return [marked, ...rest, ...(action.run === undefined ? [] : command(paper, action.run))];
  });
}

function command(paper: Paper, run: string): string[] {
  return commandLines(run)
    .flatMap((line) => breakCommand(line, paper.width - 7))
    .map((line, i) => `     ${i === 0 ? '$ ' : '  '}${paper.paint('bold', line)}`.trimEnd());
}

function alternatives(paper: Paper, cause: RootCause): string[] {
  return cause.alternatives.flatMap((rival) => [
    ...paragraph(paper, '  - ', `${rival.title} (${percent(rival.confidence)}, ${rival.signature})`),
    ...paragraph(paper, '    ', `decided by: ${visible(rival.decidedBy)}`, { style: 'dim' }),
  ]);
}
