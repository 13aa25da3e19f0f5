import type { AllFacts } from '../model/facts.ts';
import { readText } from '../model/resource.ts';

const ANNOTATIONS = 'metadata.annotations."machineconfiguration.openshift.io/';

/** Nodes are on their way to another configuration, and no pool was gathered that would say whether they get there. */
export function isUpdateUnjudged({ Node, MachineConfigPool }: Pick<AllFacts, 'Node' | 'MachineConfigPool'>): boolean {
  if (MachineConfigPool.length > 0) return false;
  return Node.some(({ body }) => {
    const [wanted, current] = ['desired', 'current'].map((which) => readText(body, `${ANNOTATIONS}${which}Config"`));
    return wanted !== undefined && wanted !== current;
  });
}
