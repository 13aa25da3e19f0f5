import { isFields, type Resource, read, readList, readText, type Value } from '../../model/resource.ts';
import type { Micros } from '../../model/time.ts';
import { timeAt } from '../objects/age.ts';

export interface ContainerState {
  readonly name: string;
  /** Field path of its status in the pod. */
  readonly path: string;
  readonly ready: boolean;
  readonly restarts: number;
  readonly waiting?: string;
  readonly terminated?: { readonly reason: string; readonly exitCode: string; readonly at?: Micros };
}

/** Every container of a pod, init containers first. */
export function containersOf(pod: Resource): ContainerState[] {
  return ['initContainerStatuses', 'containerStatuses'].flatMap((list) =>
    readList(pod.body, `status.${list}`).flatMap((item, index) =>
      isFields(item) ? [stateOf(item, `status.${list}[${index}]`)] : [],
    ),
  );
}

function stateOf(status: Value, path: string): ContainerState {
  const waiting = readText(status, 'state.waiting.reason');
  const ended = read(status, 'lastState.terminated') ?? read(status, 'state.terminated');
  const at = timeAt(ended, 'finishedAt');
  const restarts = read(status, 'restartCount');
  return {
    name: readText(status, 'name') ?? '',
    path,
    ready: read(status, 'ready') === true,
    restarts: typeof restarts === 'number' ? restarts : 0,
    ...(waiting !== undefined && { waiting }),
    ...(isFields(ended) && {
      terminated: {
        reason: readText(ended, 'reason') ?? '',
        exitCode: readText(ended, 'exitCode') ?? '',
        ...(at !== undefined && { at }),
      },
    }),
  };
}

/** Namespaces that belong to the platform. */
export function isPlatformNamespace(namespace: string | undefined): boolean {
  return namespace !== undefined && /^(openshift-|kube-)/.test(namespace);
}
