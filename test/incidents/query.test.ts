import { describe, expect, it } from 'vitest';
import { parseQuery } from '../../src/incidents/query.ts';
import { parseTime } from '../../src/model/time.ts';

const NOW = parseTime('2026-01-31T12:00:00Z')!;

describe('a query', () => {
  it.each([
    ['etcd slow', 'etcd slow', {}],
    [
      'slow version:4.18 signature:a signature:b disk platform:BareMetal',
      'slow disk',
      { version: ['4.18'], signature: ['a', 'b'], platform: ['BareMetal'] },
    ],
    ['since:30d', '', { since: '2026-01-01T12:00:00Z' }],
    ['since:2w', '', { since: '2026-01-17T12:00:00Z' }],
    ['since:2025-12 until:2025-12-24', '', { since: '2025-12-01T00:00:00Z', until: '2025-12-24T00:00:00Z' }],
    ['since:2025-12-24T10:00:00+01:00', '', { since: '2025-12-24T09:00:00Z' }],
    ['fd00::1 error: constructor:x', 'fd00::1 error: constructor:x', {}],
  ])('%j has the words %j and the filter %j', (text, words, filter) => {
    expect(parseQuery(text, NOW)).toEqual({ words, filter });
  });

  it.each(['since:yesterday', 'since:2025-13-01', 'until:-5d', 'since:99999999999d'])('refuses %j', (text) => {
    expect(() => parseQuery(text, NOW)).toThrow(/is no time; give one such as/);
  });
});
