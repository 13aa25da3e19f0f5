import type { Value } from '../../model/resource.ts';

/** Sets an own property, whatever its name: a key called `__proto__` is data and must not become the prototype. */
export function setField(target: Record<string, Value>, key: string, value: Value): void {
  if (key === '__proto__') {
    Object.defineProperty(target, key, { value, enumerable: true, configurable: true, writable: true });
  } else {
    target[key] = value;
  }
}
