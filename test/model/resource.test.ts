import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Fields, locate, read } from '../../src/model/resource.ts';

const BODY: Fields = {
  metadata: { name: 'a', annotations: { 'x.io/y~z': 'v' } },
  status: { conditions: [{ type: 'Ready', status: 'True' }, null, { type: 'Synced', status: 'False', n: 3 }] },
  spec: { paused: null, list: [[1, 2], ['b']] },
};

describe('read', () => {
  it.each([
    ['metadata.name', 'a'],
    ['metadata.annotations."x.io/y~z"', 'v'],
    ['status.conditions[type=Synced].n', 3],
    ['status.conditions[type=Missing].n', undefined],
    ['status.conditions[1]', null],
    ['status.conditions[1].type', undefined],
    ['status.conditions[7].type', undefined],
    ['status.conditions[*].status', 'True'],
    ['status.conditions.length', undefined],
    ['metadata[0]', undefined],
    ['metadata[type=Ready]', undefined],
    ['spec.paused', null],
    ['spec.paused.deeper', undefined],
    ['spec.list[0][1]', 2],
    ['metadata.constructor', undefined],
  ])('%s is %j', (path, value) => {
    expect(read(BODY, path)).toEqual(value);
  });

  it('agrees with locate on every path', () => {
    const step = fc.constantFrom(
      'status',
      'conditions',
      'metadata',
      'name',
      'spec',
      'list',
      '[0]',
      '[*]',
      '[type=Ready]',
    );
    const path = fc.tuple(fc.constantFrom('status', 'metadata', 'spec'), fc.array(step, { maxLength: 4 }));
    fc.assert(
      fc.property(path, ([first, rest]) => {
        const text = first + rest.map((one) => (one.startsWith('[') ? one : `.${one}`)).join('');
        expect(read(BODY, text)).toEqual(locate(BODY, text)?.value);
      }),
    );
  });
});
