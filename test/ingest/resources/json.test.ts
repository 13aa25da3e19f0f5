import { describe, expect, it } from 'vitest';
import { parseJson } from '../../../src/ingest/resources/json-value.ts';
import { names, readText } from './read-text.ts';

const NODE = '{"apiVersion":"v1","kind":"Node","metadata":{"name":"n"}}';

describe('JSON files', () => {
  it('reads one object, whatever the name of its file', () => {
    expect(names(readText(NODE))).toEqual(['Node/n']);
    expect(names(readText('kind: Node\nmetadata:\n  name: n\n', { file: { path: 'n.json' } }))).toEqual(['Node/n']);
  });

  it('reads lists, bare arrays and concatenated values, in any chunks', () => {
    const list = `{"apiVersion":"v1","items":[${NODE},\n${NODE.replace('"n"', '"m"')}],"kind":"NodeList"}`;
    const array = `[${NODE}]`;
    for (const chunk of [1, 13, 100_000]) {
      const { resources, skipped } = readText(`${list}\n${array}\n\n${NODE}`, { chunk });
      expect(resources.map(({ name, pointer, lineOf }) => [name, pointer, lineOf('/metadata')])).toEqual([
        ['n', '/items/0', 1],
        ['m', '/items/1', 2],
        ['n', '/0', 3],
        ['n', '', 5],
      ]);
      expect(skipped).toEqual([]);
    }
  });

  it('takes the kind of items from the end of their list', () => {
    const list = '{"items":[{"metadata":{"name":"a"}}],"kind":"PodList"}';
    expect(names(readText(list))).toEqual(['Pod/a']);
    expect(readText(list.replace('PodList', 'List')).skipped).toEqual([
      'no Kubernetes object at line 1: it has no kind',
    ]);
  });

  it('finds items only as a field of the top object', () => {
    const map = '{"kind":"ConfigMap","metadata":{"name":"c","items":[1]},"x":"items","y":[{"items":[2]}]}';
    expect(readText(map).resources[0]?.body).toMatchObject({ metadata: { items: [1] }, y: [{ items: [2] }] });
  });

  it('tells lines of pretty-printed objects', () => {
    const text = JSON.stringify(
      { kind: 'Node', metadata: { name: 'n' }, status: { conditions: [{ type: 'Ready', 0: 1 }] } },
      null,
      2,
    );
    const [node] = readText(`\n${text}`).resources;
    const lines = `\n${text}`.split('\n');
    const at = (pointer: string): string | undefined => lines[(node?.lineOf(pointer) ?? 0) - 1]?.trim();
    expect(at('')).toBe('{');
    expect(at('/metadata/name')).toBe('"name": "n"');
    expect(at('/status/conditions/0')).toBe('{');
    expect(at('/status/conditions/0/type')).toBe('"type": "Ready"');
    expect(at('/status/conditions/0/0')).toBe('"0": 1,');
    expect(at('/status/conditions/7/type')).toBe('"conditions": [');
  });

  it('keeps complete items of a truncated list', () => {
    const cut = `{"items":[${NODE},{"kind":"Node","meta`;
    const { resources, skipped } = readText(cut, { truncated: true });
    expect(resources.map(({ name }) => name)).toEqual(['n']);
    expect(skipped).toEqual(['the file ends inside a JSON value (line 1)']);
  });

  it('keeps what stands before other text', () => {
    const { resources, skipped } = readText(`${NODE}\n}} tail`);
    expect(resources).toHaveLength(1);
    expect(skipped).toEqual(['text that is no JSON follows (line 2)']);
  });

  it('reads YAML that starts with a brace', () => {
    expect(names(readText('{kind: Node, metadata: {name: n}}\n'))).toEqual(['Node/n']);
    expect(readText('{{ .Values }}').skipped[0]).toMatch(/^invalid JSON at line 1/);
  });

  it('leaves out an item that is too long and goes on', () => {
    const long = NODE.replace('"n"', `"${'n'.repeat(3000)}"`);
    for (const chunk of [64, 100_000]) {
      const { resources, skipped } = readText(`{"items":[${long},${NODE}],"kind":"List"}`, {
        chunk,
        limits: { maxResource: 1000 },
      });
      expect(resources.map(({ name }) => name)).toEqual(['n']);
      expect(skipped).toEqual(['item /items/0 at line 1 is longer than the limit']);
    }
  });
});

describe('parseJson', () => {
  it('keeps numbers that a double would round as text', () => {
    const value = parseJson('{"ID":14841639068965178418,"n":-9007199254740993,"a":[9007199254740991,1e400,1.5]}');
    expect(value).toEqual({ ID: '14841639068965178418', n: '-9007199254740993', a: [9007199254740991, '1e400', 1.5] });
  });

  it('keeps __proto__ and constructor as data', () => {
    for (const id of ['1', '14841639068965178418']) {
      const value = parseJson(`{"__proto__":{"x":1},"constructor":2,"id":${id}}`) as object;
      expect(Object.keys(value)).toEqual(['__proto__', 'constructor', 'id']);
      expect(Object.getPrototypeOf(value)).toBe(Object.prototype);
    }
    const text = '{"kind":"Node","metadata":{"name":"n","__proto__":{"name":"x"}},"__proto__":{"spec":1}}';
    const [node] = readText(text).resources;
    expect(node?.name).toBe('n');
    expect(Object.getPrototypeOf(node?.body)).toBe(Object.prototype);
    expect(Object.keys(node?.body ?? {})).toContain('__proto__');
  });
});
