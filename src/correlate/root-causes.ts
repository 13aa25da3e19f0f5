import type { Knowledge } from '../model/detector.ts';
import { compareText, type Entity } from '../model/entity.ts';
import { type Finding, severityRank } from '../model/finding.ts';
import { listOf } from '../model/matcher-values.ts';
import type { RootCause } from '../model/report.ts';
import { fill, fillCommand } from '../model/template.ts';
import { formatTime } from '../model/time.ts';
import { basisOf, confidenceOf, type Observed, unseenCauses } from './confidence.ts';
import { type Edge, type InferredEdge, STRENGTH } from './edges.ts';
import type { Explanation, Root } from './explain.ts';
import type { CausalGraph } from './graph.ts';

/** Words the ranked roots for the report. */
export function wordRootCauses(explanation: Explanation, graph: CausalGraph, known: Observed): RootCause[] {
  const shared = sharedEffects(explanation.roots);
  return explanation.roots.map((root, index) => {
    const { finding } = root;
    const about = known.knowledge.get(finding.signature);
    const basis = basisOf(root, graph, known);
    const confidence = confidenceOf(basis, root.standsIn);
    return {
      rank: index + 1,
      finding: finding.id,
      signature: finding.signature,
      title: root.standsIn ? `${finding.title}: cause unknown` : finding.title,
      confidence,
      basis,
      status: finding.status,
      entities: finding.entities.map((entity) => ({ ...entity })),
      explains: [...root.explains.keys()].map((f) => f.id).sort(compareText),
      because: because(root, explanation, graph, shared, known),
      alternatives: alternatives(root, confidence, graph, known),
      remediation: (about?.fix ?? []).map((command) => action(command, finding)),
      verify: (about?.confirm ?? []).map((command) => action(command, finding)),
      collectNext: collectNext(root, confidence, graph, known),
      ...(about !== undefined && { summary: fill(about.summary, finding), why: about.why }),
      ...(finding.recovery !== undefined && { recovery: finding.recovery }),
    };
  });
}

function action(
  command: { text: string; run?: string | undefined; risk?: 'safe' | 'disruptive' | 'destructive' | undefined },
  finding: Finding,
): RootCause['remediation'][number] {
  return {
    text: fill(command.text, finding),
    ...(command.run !== undefined && { run: fillCommand(command.run, finding) }),
    ...(command.risk !== undefined && { risk: command.risk }),
  };
}

function because(
  root: Root,
  explanation: Explanation,
  graph: CausalGraph,
  shared: ReadonlySet<Finding>,
  known: Observed,
): string[] {
  const { finding } = root;
  const lines: string[] = [ownEvidence(finding)];
  if (finding.timeless === true) lines.push('holds since installation: it was there before everything else');
  else if (finding.openStart === true) lines.push('its log begins too late to show the onset: it may be older');
  if (root.standsIn)
    lines.push('nothing in the input explains it: the earliest sign stands in for a cause that was not seen');
  if (finding.role === 'cause' && known.knowledge.get(finding.signature)?.role === 'symptom')
    lines.push("no other node shows it, and most of them are ready: the fault is this node's own, or lies on its way");
  for (const sibling of root.siblings.slice(0, 5))
    lines.push(`the same holds elsewhere: ${fill(sibling.title, sibling)}${about(sibling)}`);
  const edges = graph.effects.get(finding) ?? [];
  for (const edge of strongFirst(edges).slice(0, 6)) lines.push(leadsTo(edge));
  if (root.idlePeers.length > 0) {
    lines.push(`the same is seen on ${names(root.idlePeers)} without consequences, which counts against it`);
  }
  const hasOthers = explanation.roots.some((other) => other !== root && !other.standsIn);
  if (!root.standsIn && hasOthers && ![...root.explains.keys()].some((effect) => shared.has(effect))) {
    lines.push('independent of the other causes: they share no effect');
  }
  if (finding.timeless === true) lines.push(...notAccountedFor(root, explanation));
  return lines;
}

function ownEvidence(finding: Finding): string {
  const first = finding.evidence[0];
  const where = first === undefined ? '' : ` (${first.source}${first.line === undefined ? '' : `:${first.line}`})`;
  const times = finding.count > 1 ? `, seen ${finding.count} times` : '';
  const since =
    finding.firstSeen === undefined || finding.timeless === true ? '' : ` since ${formatTime(finding.firstSeen)}`;
  return `observed directly${times}${since}${where}`;
}

function strongFirst(edges: readonly Edge[]): Edge[] {
  return edges.toSorted((a, b) => b.strength - a.strength || compareText(a.effect.id, b.effect.id));
}

function leadsTo(edge: Edge): string {
  if ('through' in edge) {
    const through = edge as InferredEdge;
    return `must lead to "${through.through.title}", which was not gathered, and so to "${edge.effect.title}"${about(edge.effect)}: ${edge.because.join('; ')}`;
  }
  const verb = edge.strength >= STRENGTH.likely ? 'leads to' : 'may lead, but is not proven to lead, to';
  return `${verb} "${edge.effect.title}"${about(edge.effect)}: ${edge.because.join('; ')}`;
}

function about(finding: Finding): string {
  const entity = finding.entities.find((e) => e.kind !== 'cluster');
  return entity === undefined ? '' : ` on ${entity.kind} ${entity.name}`;
}

function names(findings: readonly Finding[]): string {
  const nodes = findings.map((f) => f.entities.find((e: Entity) => e.kind === 'node')?.name ?? '?');
  return [...new Set(nodes)].slice(0, 5).join(', ');
}

/** What more than one of the causes leads to. */
function sharedEffects(roots: readonly Root[]): ReadonlySet<Finding> {
  const once = new Set<Finding>();
  const twice = new Set<Finding>();
  for (const root of roots.filter((one) => !one.standsIn)) {
    for (const effect of root.explains.keys()) (once.has(effect) ? twice : once).add(effect);
  }
  return twice;
}

/** An old fault invites blame for all that came later: say what it does not explain. */
function notAccountedFor(root: Root, explanation: Explanation): string[] {
  const others = explanation.roots.filter((other) => other !== root);
  const rest = [
    ...others.map((other) => other.finding),
    ...others.flatMap((other) => [...other.explains.keys()]),
  ].filter((f) => !root.explains.has(f) && f !== root.finding && severityRank(f.severity) >= 2);
  const titles = [...new Set(rest.map((f) => `"${f.title}"${about(f)}`))].slice(0, 4);
  return titles.length === 0 ? [] : [`not shown to account for ${titles.join(', ')}`];
}

/** A rival that was not seen is not worth telling where the cause is this sure. */
const SETTLED = 0.92;

/** Observed rivals, and causes of the same effects for which the input holds no data. */
function alternatives(root: Root, confidence: number, graph: CausalGraph, known: Observed): RootCause['alternatives'] {
  const observed = root.rivals.map((rival) => ({
    signature: rival.signature,
    title: rival.title,
    confidence: Math.round(Math.min(rival.confidence, 1 - confidence / 2) * 50) / 100,
    decidedBy: decidedBy(known.knowledge.get(rival.signature)),
  }));
  const effects = root.standsIn
    ? [root.finding.signature]
    : (graph.effects.get(root.finding) ?? [])
        .filter((e) => e.strength >= STRENGTH.likely)
        .map((e) => e.effect.signature);
  const unseen = (confidence > SETTLED ? [] : [...known.knowledge.values()])
    .filter((k) => k.role === 'cause' && k.id !== root.finding.signature)
    .filter((k) =>
      listOf(k.causes).some(
        ({ effect, strength, join }) =>
          effects.includes(effect) && strength === 'strong' && known.sight.isUnseen(k.id, root.finding, join),
      ),
    )
    .sort((a, b) => compareText(a.id, b.id))
    .slice(0, 3)
    .map((k) => ({
      signature: k.id,
      title: k.title,
      confidence: Math.round(((1 - confidence) / 4) * 100) / 100,
      decidedBy: decidedBy(k),
    }));
  return [...observed, ...unseen].slice(0, 5);
}

function decidedBy(knowledge: Knowledge | undefined): string {
  return (
    knowledge?.collect?.[0] ?? knowledge?.confirm?.[0]?.text ?? 'evidence of its own, which this input does not hold'
  );
}

/** What would make it surer: sources of its effects and of its possible causes that were not gathered. */
function collectNext(root: Root, confidence: number, graph: CausalGraph, known: Observed): string[] {
  const { finding } = root;
  const about = known.knowledge.get(finding.signature);
  const wanted: string[] = confidence < 0.9 ? [...(about?.collect ?? [])] : [];
  for (const { effect, strength, join } of about?.causes ?? []) {
    if (strength === 'strong' && known.sight.isUnseen(effect, finding, join))
      wanted.push(...(known.knowledge.get(effect)?.collect ?? []));
  }
  if (root.standsIn || !(graph.causes.get(finding)?.length ?? 0)) {
    for (const { id, collect } of unseenCauses(finding, known))
      wanted.push(...(collect ?? known.sight.logsOf(id, finding).map((node) => `the whole journal of ${node}`)));
  }
  return [...new Set(wanted.map((text) => fill(text, finding)))].slice(0, 6);
}
