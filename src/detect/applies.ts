import type { Signature } from '../model/signature.ts';
import type { Context } from './context.ts';

/** Why a signature does not apply to this cluster; undefined where it does, or where the cluster does not say. */
export function notApplicable(signature: Signature, context: Context): string | undefined {
  const { applies } = signature;
  if (applies === undefined) return undefined;
  const { version, platform, topology } = context;
  if (applies.openshift !== undefined && version !== undefined && !inRange(version, applies.openshift)) {
    return `for OpenShift ${applies.openshift}, this is ${version}`;
  }
  if (applies.platforms !== undefined && platform !== undefined && !applies.platforms.includes(platform)) {
    return `for platform ${applies.platforms.join(', ')}, this is ${platform}`;
  }
  if (applies.topology !== undefined && topology !== undefined && !applies.topology.includes(topology)) {
    return `for topology ${applies.topology.join(', ')}, this is ${topology}`;
  }
  return undefined;
}

/** `>=4.14 <4.19`: all comparisons must hold. Pre-release suffixes are ignored. */
export function inRange(version: string, range: string): boolean {
  return range.split(/\s+/).every((part) => {
    const match = /^(>=|<=|>|<|=)?v?(\d+(?:\.\d+)*)$/.exec(part);
    if (match === null) return true;
    const order = compareVersions(version, match[2]!);
    switch (match[1]) {
      case '>=':
        return order >= 0;
      case '<=':
        return order <= 0;
      case '>':
        return order > 0;
      case '<':
        return order < 0;
      default:
        return order === 0;
    }
  });
}

/** Compares as many numbers as both have: 4.18.14 equals 4.18. */
function compareVersions(a: string, b: string): number {
  const left = a.split('-')[0]!.split('.').map(Number);
  const right = b.split('.').map(Number);
  for (let i = 0; i < Math.min(left.length, right.length); i++) {
    const difference = (left[i] ?? 0) - (right[i] ?? 0);
    if (difference !== 0 && !Number.isNaN(difference)) return difference;
  }
  return 0;
}
