import type { Detector, Names } from '../../src/model/detector.ts';
import type { AllFacts } from '../../src/model/facts.ts';
import type { FindingDraft } from '../../src/model/finding.ts';
import { readList, readText } from '../../src/model/resource.ts';
import { type Micros, parseTime } from '../../src/model/time.ts';

/** Names as the engine resolves them: short host names and addresses become Node names. */
export function namesOf(all: Pick<AllFacts, 'Node' | 'Pod'>): Names {
  const nodes = new Map<string, string>();
  for (const node of all.Node) {
    nodes.set(node.name, node.name);
    nodes.set(node.name.split('.')[0] as string, node.name);
    for (const address of readList(node.body, 'status.addresses'))
      nodes.set(readText(address, 'address') ?? '', node.name);
  }
  const pods = new Map(all.Pod.map((pod) => [`${pod.namespace}/${pod.name}`, readText(pod.body, 'spec.nodeName')]));
  return {
    node: (name) => nodes.get(name) ?? name,
    nodeOfPod: (pod) => pods.get(pod),
    bareMetalHost: (name) => name,
    operatorOf: (namespace) => namespace.replace(/^openshift-/, ''),
    operatorOfPod: (pod) => pod.split('/')[0]!.replace(/^openshift-/, ''),
  };
}

export interface Detection {
  readonly findings: readonly FindingDraft[];
  /** Why the detector could not tell. */
  readonly noData: readonly string[];
}

/** Runs one detector. Throws where it reports evidence without a place. */
export function detect(detector: Detector, all: AllFacts, gatheredAt?: string): Detection {
  const findings: FindingDraft[] = [];
  const noData: string[] = [];
  const at: Micros | undefined = gatheredAt === undefined ? undefined : parseTime(gatheredAt);
  if (gatheredAt !== undefined && at === undefined) throw new Error(`not a time: ${gatheredAt}`);
  const needed = Object.fromEntries(detector.needs.map((need) => [need, all[need]]));
  detector.detect({
    facts: needed as unknown as AllFacts,
    gatheredAt: at,
    names: namesOf(all),
    report: (draft) => findings.push(draft),
    noData: (reason) => noData.push(reason),
  });
  for (const { evidence, title } of findings)
    for (const { source, line } of evidence)
      if (source === '' || !(line === undefined || line >= 1)) throw new Error(`evidence without a place: ${title}`);
  return { findings, noData };
}

/** `kind:name` of a finding's entities. */
export function entitiesOf(finding: FindingDraft | undefined): string[] {
  return (finding?.entities ?? []).map(({ kind, name }) => `${kind}:${name}`);
}
