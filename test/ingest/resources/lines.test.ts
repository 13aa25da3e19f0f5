import { describe, expect, it } from 'vitest';
import type { Resource, Value } from '../../../src/model/resource.ts';
import { escapePointer, read } from '../../../src/model/resource.ts';
import { readText } from './read-text.ts';

const LIST = `---
# a comment
apiVersion: v1
items:
- apiVersion: v1
  kind: Node
  metadata:
    annotations:
      a/b~c: |
        text:
        more
      d: plain
        text

        goes on
    managedFields:
    - apiVersion: v1
      fieldsV1: {}
    name: n

  status:
    addresses:
    - address: 192.0.2.1
      type: InternalIP
    # between
    -
      address: n
      type: Hostname
    conditions: []
- kind: Node
  metadata: {name: flow, labels: {x: y}}
  status:
    conditions:
    - type: Ready
      message: &m "a
        b"
      again: *m
kind: NodeList
`;

/** Every pointer below a value. */
function pointers(value: Value, pointer = ''): string[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, child]) => {
    const inside = `${pointer}/${escapePointer(key)}`;
    return [inside, ...pointers(child as Value, inside)];
  });
}

function lineTexts(resource: Resource, text: string): [pointer: string, line: string][] {
  const lines = text.split('\n');
  return pointers(resource.body).map((pointer) => [pointer, lines[resource.lineOf(pointer) - 1] as string]);
}

describe('lineOf', () => {
  it('gives the line of every key and item, read fast or by the library', () => {
    for (const text of [LIST, LIST.replaceAll('\n', '\r\n'), `\n\n${LIST}`]) {
      const { resources } = readText(text);
      expect(resources.map(({ name }) => name)).toEqual(['n', 'flow']);
      for (const resource of resources) {
        const found = lineTexts(resource, text);
        expect(found.length).toBeGreaterThan(8);
        for (const [pointer, line] of found) {
          const key = (pointer.split('/').at(-1) as string).replaceAll('~1', '/').replaceAll('~0', '~');
          if (/^\d+$/.test(key)) expect(line).toMatch(/^ *(?:- )?(?:address|type):/);
          else expect(line).toContain(`${key}:`);
        }
      }
    }
  });

  it('gives the line of the object for the empty pointer and of the nearest parent for what is not there', () => {
    const [node] = readText(LIST).resources;
    expect(node?.lineOf('')).toBe(5);
    expect(node?.lineOf('/nothing/here')).toBe(5);
    expect(node?.lineOf('/status/addresses/9/type')).toBe(22);
    expect(node?.lineOf('/metadata/name/x')).toBe(19);
    expect(node?.lineOf('/metadata/managedFields')).toBe(7);
    expect(node?.lineOf('/status/addresses/1')).toBe(27);
  });

  it('gives lines of objects with keys that JavaScript reorders', () => {
    const text = 'kind: Node\nmetadata:\n  labels:\n    b: x\n    "10": y\n    "9": z\n  name: n\n';
    const [node] = readText(text).resources;
    expect(Object.keys(read(node?.body, 'metadata.labels') as object)).toEqual(['9', '10', 'b']);
    for (const [pointer, line] of lineTexts(node as Resource, text)) {
      expect(line).toContain(pointer.split('/').at(-1));
    }
  });
});
