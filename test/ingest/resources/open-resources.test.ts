import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { names, readText } from './read-text.ts';

function pod(name: string, indent = ''): string {
  return `${indent}apiVersion: v1\n${indent}kind: Pod\n${indent}metadata:\n${indent}  name: ${name}\n${indent}  namespace: demo\n`;
}

function podItem(name: string): string {
  return `- ${pod(name, '  ').slice(2)}`;
}

const LIST = `apiVersion: v1\nitems:\n${podItem('a')}${podItem('b')}kind: PodList\nmetadata:\n  resourceVersion: "1"\n`;

describe('YAML files', () => {
  it('reads a single object', () => {
    const { resources, skipped } = readText(
      'apiVersion: config.openshift.io/v1\nkind: Network\nmetadata:\n  name: cluster\n',
    );
    expect(resources).toHaveLength(1);
    expect(resources[0]).toMatchObject({
      group: 'config.openshift.io',
      kind: 'Network',
      name: 'cluster',
      path: 'gather/file.yaml',
      pointer: '',
      body: { kind: 'Network', metadata: { name: 'cluster' } },
    });
    expect(resources[0]).not.toHaveProperty('namespace');
    expect(skipped).toEqual([]);
  });

  it('reads the items of a list one by one, in any chunks', () => {
    for (const chunk of [1, 7, 64, 100_000]) {
      const { resources, skipped } = readText(`---\n${LIST}`, { chunk });
      expect(resources.map(({ name, namespace, pointer }) => [name, namespace, pointer])).toEqual([
        ['a', 'demo', '/items/0'],
        ['b', 'demo', '/items/1'],
      ]);
      expect(skipped).toEqual([]);
    }
  });

  it('gives items before the list ends', () => {
    const items = Array.from({ length: 50 }, (_, i) => podItem(`p${i}`)).join('');
    const { resources } = readText(`items:\n${items}`, { chunk: 50, limits: { maxResource: 400 } });
    expect(resources).toHaveLength(49);
  });

  it('reads deeper lists, bare lists and lists of several kinds', () => {
    const deeper = LIST.replaceAll(/^(- | {2})/gm, '  $1').replace('    resourceVersion', '  resourceVersion');
    expect(names(readText(deeper))).toEqual(['Pod/a', 'Pod/b']);
    expect(names(readText(podItem('a') + podItem('b')))).toEqual(['Pod/a', 'Pod/b']);
    const mixed = LIST.replace('kind: Pod\n', 'kind: Node\n').replace('PodList', 'List');
    expect(names(readText(mixed))).toEqual(['Node/a', 'Pod/b']);
    expect(readText(podItem('a')).resources[0]?.pointer).toBe('/0');
  });

  it('takes the kind of an item from its path, then from the end of its list', () => {
    const list = LIST.replaceAll(/- apiVersion: v1\n {2}kind: Pod\n {2}metadata/g, '- metadata');
    expect(names(readText(list))).toEqual(['Pod/a', 'Pod/b']);
    const path = { file: { pluralHint: 'networks', groupHint: 'operator.openshift.io' } };
    const [network] = readText('items:\n- metadata:\n    name: cluster\nkind: List\n', path).resources;
    expect(network).toMatchObject({ kind: 'Network', group: 'operator.openshift.io', name: 'cluster' });
    expect(readText(list.replace('PodList', 'List')).skipped).toEqual([
      'no Kubernetes object at line 3: it has no kind',
    ]);
  });

  it('takes namespace and name from the path where the object lacks them', () => {
    const file = { namespaceHint: 'ns', nameHint: 'n' };
    expect(readText('kind: Pod\napiVersion: v1\n', { file }).resources[0]).toMatchObject({
      namespace: 'ns',
      name: 'n',
    });
    const [namespace] = readText('kind: Namespace\nmetadata:\n  name: ns\n', { file }).resources;
    expect(namespace).not.toHaveProperty('namespace');
  });

  it('reads past kinds that nobody asked for', () => {
    const result = readText(`${LIST}---\nkind: Widget\nmetadata:\n  name: w\n`, { file: { kinds: new Set(['Node']) } });
    expect(result).toEqual({ resources: [], documents: [], skipped: [] });
  });

  it('reads lists in flow style and lists in lists', () => {
    const flow =
      '# c\nkind: List\nitems: [{kind: Pod, metadata: {name: a}}, {kind: Secret, metadata: {name: s}, data: {password: c2VjcmV0, tls.crt: YQ==}}]\n';
    const { resources } = readText(flow);
    expect(resources.map(({ kind, pointer }) => [kind, pointer])).toEqual([
      ['Pod', '/items/0'],
      ['Secret', '/items/1'],
    ]);
    expect(resources[1]?.body).toEqual({ kind: 'Secret', metadata: { name: 's' }, data: { 'tls.crt': 'YQ==' } });
    expect(resources[1]?.lineOf('/data/tls.crt')).toBe(3);
    const nested = `items:\n- kind: PodList\n  items:\n${LIST.split('\n')
      .slice(2, 12)
      .map((l) => `  ${l}\n`)
      .join('')}kind: List\n`;
    expect(readText(nested).resources.map(({ pointer }) => pointer)).toEqual(['/items/0/items/0', '/items/0/items/1']);
  });
});

describe('traps', () => {
  it('takes a first line --- as a separator and reads several documents', () => {
    const two = `---\n${pod('a')}---\n# c\n---\n${pod('b')}...\n`;
    const { resources, skipped } = readText(two);
    expect(resources.map(({ name, lineOf }) => [name, lineOf('/metadata/name')])).toEqual([
      ['a', 5],
      ['b', 13],
    ]);
    expect(skipped).toEqual([]);
  });

  it('notes an empty file', () => {
    expect(readText('').skipped).toEqual(['empty: not collected']);
    expect(readText(' \n\n').skipped).toEqual(['empty: not collected']);
  });

  it('keeps what stands before a stale tail', () => {
    const stale =
      '---\napiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: short\n  namespace: demo\nbject: leftover-of-a-longer-older-file\n  uid: 99999999\n';
    const { resources, skipped } = readText(stale);
    expect(resources.map(({ kind, name }) => [kind, name])).toEqual([['ConfigMap', 'short']]);
    expect(skipped).toEqual(['only the first 6 lines could be read: bad indentation of a mapping entry at line 8']);
  });

  it('keeps the items before a stale tail', () => {
    const { resources, skipped } = readText(`${LIST}e: old\n    - rest: "of\n`);
    expect(resources).toHaveLength(2);
    expect(skipped).toHaveLength(1);
    expect(skipped[0]).toMatch(/^text after the list at line 13 was left out/);
  });

  it('cuts a long stale tail in few steps', () => {
    const tail = `x: "never closed\n${'  - rest\n'.repeat(5000)}`;
    const { resources } = readText(pod('a') + tail);
    expect(resources.map(({ name }) => name)).toEqual(['a']);
  });

  it('keeps the complete items of a truncated list', () => {
    const cut = LIST.slice(0, LIST.indexOf('name: b') + 6);
    expect(names(readText(cut))).toEqual(['Pod/a']);
    expect(readText(cut).skipped).toEqual(['cut short: the last item of the list is incomplete and was left out']);
    expect(names(readText(LIST.slice(0, LIST.indexOf('kind: PodList')), { truncated: true }))).toEqual(['Pod/a']);
    const headed = `kind: PodList\nitems:\n${podItem('a')}${podItem('b')}`;
    expect(names(readText(headed))).toEqual(['Pod/a', 'Pod/b']);
  });

  it('does not take half an object for a whole one', () => {
    const { resources, skipped } = readText(pod('a'), { truncated: true });
    expect(resources).toEqual([]);
    expect(skipped).toEqual(['cut short: the object at line 1 is incomplete']);
  });

  it.each([
    'error: You must be logged in to the server (Unauthorized)\n',
    'Error from server (NotFound): pods "x" not found\n',
    'timed out waiting for the condition\n',
    'The connection to the server api.x:6443 was refused - did you specify the right host or port?\n',
  ])('does not take %j for an object', (text) => {
    const { resources, skipped } = readText(text, { file: { pluralHint: 'pods', nameHint: 'x' } });
    expect(resources).toEqual([]);
    expect(skipped).toEqual([`error text instead of an object: ${text.trim()}`]);
  });

  it('does not take an API error for an object', () => {
    const status = 'kind: Status\napiVersion: v1\nstatus: Failure\nmessage: pods is forbidden\n';
    expect(readText(status).skipped).toEqual(['an API error instead of an object: pods is forbidden']);
  });

  it('takes items: null and items: [] as no items', () => {
    for (const items of ['items: null', 'items: []', 'items:']) {
      const { resources, skipped } = readText(`apiVersion: v1\n${items}\nkind: PodList\nmetadata: {}\n`);
      expect([resources, skipped]).toEqual([[], []]);
    }
  });

  it('reads an object that has a field called items', () => {
    const object = `${pod('a')}items:\n  b: 1\n`;
    expect(readText(object).resources[0]?.body).toMatchObject({ items: { b: 1 } });
  });

  it('reads creationTimestamp: null and obfuscated names', () => {
    const node =
      'kind: Node\nmetadata:\n  creationTimestamp: null\n  name: master-0.domain0000000001\nstatus:\n  addresses:\n  - address: x-ipv4-0000000001-x\n';
    const [resource] = readText(node).resources;
    expect(resource?.name).toBe('master-0.domain0000000001');
    expect(resource?.body).toMatchObject({ metadata: { creationTimestamp: null } });
  });

  it('reads CRLF files with a byte order mark', () => {
    const { resources, skipped } = readText(`\ufeff---\n${LIST}`.replaceAll('\n', '\r\n'));
    expect(resources.map(({ name, lineOf }) => [name, lineOf('/metadata/name')])).toEqual([
      ['a', 7],
      ['b', 12],
    ]);
    expect(resources[0]?.body).toEqual({ apiVersion: 'v1', kind: 'Pod', metadata: { name: 'a', namespace: 'demo' } });
    expect(skipped).toEqual([]);
  });

  it('decodes invalid UTF-8 with replacement', () => {
    const bytes = Buffer.concat([
      Buffer.from(`${pod('a')}message: "x`),
      Buffer.from([0xff, 0xfe]),
      Buffer.from('y"\n'),
    ]);
    expect(readText(bytes).resources[0]?.body).toMatchObject({ message: 'x\ufffd\ufffdy' });
  });

  it('leaves out one item that is too long and goes on', () => {
    const long = podItem('long').replace('namespace: demo', `namespace: demo\n  x: ${'y'.repeat(5000)}`);
    const list = LIST.replace('items:\n', `items:\n${long}`);
    for (const chunk of [100, 100_000]) {
      const { resources, skipped } = readText(list, { limits: { maxResource: 1000 }, chunk });
      expect(resources.map(({ name, pointer }) => [name, pointer])).toEqual([
        ['a', '/items/1'],
        ['b', '/items/2'],
      ]);
      expect(skipped).toEqual(['item /items/0 at line 3 is longer than the limit for one resource']);
    }
  });

  it('leaves out one item that is invalid and goes on', () => {
    const { resources, skipped } = readText(LIST.replace('kind: Pod\n', 'kind: Pod\n  x: "\\q"\n'));
    expect(resources.map(({ name }) => name)).toEqual(['b']);
    expect(skipped).toEqual(['invalid YAML at line 5: unknown escape sequence']);
  });

  it('gives up a file that is damaged throughout', () => {
    const { resources, skipped } = readText('---\nkind: Pod\na: "\n'.repeat(1500));
    expect(resources).toEqual([]);
    expect(skipped.at(-1)).toMatch(/^damaged throughout: left out from line \d+$/);
    expect(readText('{x: }}{'.replace('}}', '}').repeat(1500)).skipped.length).toBeLessThan(4);
  });

  it('holds a bounded number of items whose kind is yet to come', () => {
    const items = '- metadata:\n    name: x\n'.repeat(20_001);
    const { resources, skipped } = readText(`items:\n${items}kind: PodList\n`);
    expect(resources).toHaveLength(20_000);
    expect(skipped).toEqual(['no Kubernetes object at line 40002: it has no kind']);
  });

  it('reads an object below a warning', () => {
    expect(names(readText(`Warning: v1 is deprecated\n${pod('a')}`))).toEqual(['Pod/a']);
    expect(names(readText(`Warning: v1 is deprecated\n${LIST}`))).toEqual(['Pod/a', 'Pod/b']);
  });

  it('refuses deep nesting', () => {
    const deep = Array.from({ length: 300 }, (_, i) => `${' '.repeat(i)}a:\n`).join('');
    expect(readText(`kind: Pod\n${deep}`, { file: { nameHint: 'x' } }).skipped[0]).toMatch(/maxDepth|first \d+ lines/);
    expect(readText(`{"kind":"Pod","a":${'['.repeat(300)}${']'.repeat(300)}}`).skipped).toEqual([
      'the value at line 1 is nested too deeply',
    ]);
  });

  it('never throws and does not depend on how the bytes are cut', () => {
    const pieces = [
      '---\n',
      LIST,
      pod('x'),
      '- a\n',
      'items:\n',
      '"',
      '{',
      '[',
      '}',
      ',',
      '\n  ',
      ': |\n',
      '\x00',
      '\r',
      '&a *a',
      '{"kind":"Pod"}',
    ];
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom(...pieces), { maxLength: 8 }),
        fc.integer({ min: 1, max: 40 }),
        fc.nat(300),
        fc.boolean(),
        (parts, chunk, cut, truncated) => {
          const text = parts.join('');
          const content = text.slice(0, Math.max(0, text.length - cut));
          const limits = { maxResource: 4000 };
          const whole = readText(content, { truncated, limits });
          const cutUp = readText(content, { truncated, limits, chunk });
          expect(JSON.stringify(cutUp)).toBe(JSON.stringify(whole));
        },
      ),
      { numRuns: 500, seed: 20260115 },
    );
  });
});
