import type { Knowledge } from '../model/detector.ts';
import type { Finding } from '../model/finding.ts';
import { type Resource, readText } from '../model/resource.ts';

/**
 * A node that alone fails at what its peers manage has a fault of its own: where a signature says so of itself
 * (`causeWhenAlone`), its finding is a cause there. That the peers are well, a gather must show: most of them ready.
 */
export function withLocalCauses(
  findings: readonly Finding[],
  knowledge: ReadonlyMap<string, Knowledge>,
  nodes: readonly Resource[],
): readonly Finding[] {
  const candidates = findings.filter(
    (finding) => finding.status === 'active' && knowledge.get(finding.signature)?.causeWhenAlone === true,
  );
  if (candidates.length === 0) return findings;
  const ready = new Map(nodes.map(({ name, body }) => [name, isReady(body)]));
  const failing = Map.groupBy(candidates, ({ signature }) => signature);
  const alone = new Set(
    candidates.filter((finding) => {
      const node = nodeOf(finding);
      if (node === undefined || !ready.has(node)) return false;
      const peers = [...ready].filter(([name]) => name !== node);
      const isOnlyOne = failing.get(finding.signature)!.every((other) => nodeOf(other) === node);
      return isOnlyOne && 2 * peers.filter(([, well]) => well).length > peers.length;
    }),
  );
  return findings.map((finding) => (alone.has(finding) ? { ...finding, role: 'cause' } : finding));
}

function nodeOf({ entities }: Finding): string | undefined {
  return entities.find(({ kind }) => kind === 'node')?.name;
}

function isReady(body: Resource['body']): boolean {
  return readText(body, 'status.conditions[type=Ready].status') === 'True';
}
