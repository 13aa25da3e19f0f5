import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { IncidentFilter, IncidentStore, SearchResult } from '../../src/incidents/store.ts';
import { digestOf, newIncident, type Sketch } from '../support/incident-report.ts';

/** What an implementation gives its tests: an empty archive, and the same one as another process would open it. */
export interface OpenedStore {
  readonly store: IncidentStore;
  reopen(): Promise<IncidentStore>;
}

const DISK: Sketch = {
  name: 'ticket-1.tar.gz',
  gatheredAt: '2025-11-02T10:00:00Z',
  version: '4.18.3',
  platform: 'BareMetal',
  cluster: 'c-1',
  nodes: ['master-0.berlin.example.com'],
  findings: [
    {
      signature: 'etcd-slow-disk',
      title: 'etcd cannot flush its log to disk in time',
      role: 'cause',
      firstSeen: '2025-11-02T04:00:00Z',
      entities: [{ kind: 'node', name: 'master-0.berlin.example.com' }],
      evidence: [{ source: 'etcd.log', text: 'slow fdatasync took 2.31s', repeats: 40 }],
    },
    { signature: 'etcd-leader-lost', severity: 'critical', firstSeen: '2025-11-02T05:00:00Z' },
  ],
  causes: ['etcd-slow-disk'],
  edges: ['etcd-slow-disk > etcd-leader-lost'],
  remedy: 'Move etcd to a disk with lower latency.',
};

const DISK_AGAIN: Sketch = {
  ...DISK,
  name: 'ticket-4.tar.gz',
  gatheredAt: '2025-12-20T10:00:00Z',
  version: '4.18.0-rc.1',
  cluster: 'c-4',
  nodes: [],
};

const VIP: Sketch = {
  name: 'ticket-2.tar.gz',
  gatheredAt: '2025-12-04T00:00:00Z',
  version: '4.16.9',
  platform: 'VSphere',
  cluster: 'c-2',
  findings: [
    {
      signature: 'vip-outside',
      title: 'API VIP 10.46.124.13 lies outside every machine network',
      role: 'cause',
      timeless: true,
      firstSeen: '2025-12-01T00:00:00Z',
    },
    { signature: 'ingress-down' },
  ],
  causes: ['vip-outside'],
  unexplained: ['ingress-down'],
  anomalies: ['retrying <n>'],
};

const HEALTHY: Sketch = {
  name: 'ticket-3.tar.gz',
  gatheredAt: '2025-12-10T00:00:00Z',
  version: '4.1.2',
  status: 'healthy',
};
const ALL = [DISK, VIP, HEALTHY, DISK_AGAIN];

const PAGE = { skip: 0, most: 10 };
const EVERYTHING: IncidentFilter = {};

/** Runs the tests that every store of incidents passes. `open` is called once for each archive that a test needs. */
export function describeStore(name: string, open: () => Promise<OpenedStore>): void {
  describe(`${name}: one incident`, () => {
    let opened: OpenedStore;
    let store: IncidentStore;
    beforeEach(async () => {
      opened = await open();
      store = opened.store;
      return () => store.close();
    });

    it('gives back what was put, by its id or the beginning of it', async () => {
      const { id } = await store.put(newIncident(DISK));
      expect(id).toBe(digestOf(DISK).slice(0, 16));
      const incident = await store.get(id);
      expect(incident?.report).toEqual(newIncident(DISK).report);
      expect(incident?.summary).toMatchObject({
        id,
        digest: digestOf(DISK),
        name: 'ticket-1.tar.gz',
        catalogue: 'catalogue-1',
        analysedAt: '2026-01-15T12:00:00Z',
        at: '2025-11-02T10:00:00Z',
        onset: '2025-11-02T04:00:00Z',
        version: '4.18.3',
        signatures: ['etcd-leader-lost', 'etcd-slow-disk'],
        components: ['etcd'],
        early: [{ signature: 'etcd-slow-disk', leadMs: 3_600_000 }],
      });
      expect((await store.get(id.slice(0, 6)))?.summary.id).toBe(id);
      expect((await store.get(id.toUpperCase()))?.summary.id).toBe(id);
    });

    it.each(['0000000000000000', 'abc', '', '../../etc/passwd', '%', "' or 1=1 --"])(
      'knows no incident %j',
      async (id) => {
        await store.put(newIncident(DISK));
        expect(await store.get(id)).toBeUndefined();
        await expect(store.note(id, { at: '2026-01-01T00:00:00Z', text: 'x', resolution: false })).rejects.toThrow(
          'no such incident',
        );
      },
    );

    it('holds content that is put again once, as it was put last, with its notes', async () => {
      const { id } = await store.put(newIncident(DISK));
      await store.note(id, { at: '2026-01-16T00:00:00Z', text: 'new disks', resolution: true, by: 'ana' });
      await store.put(newIncident({ ...DISK, name: 'renamed.tar.gz', content: DISK.name, catalogue: 'catalogue-2' }));
      const { total, incidents } = await store.list(EVERYTHING, PAGE);
      expect([total, incidents.length]).toEqual([1, 1]);
      expect(incidents[0]).toMatchObject({ name: 'renamed.tar.gz', catalogue: 'catalogue-2' });
      expect(await store.notes(id)).toEqual([
        { at: '2026-01-16T00:00:00Z', text: 'new disks', resolution: true, by: 'ana' },
      ]);
      expect((await store.get(id))?.notes).toHaveLength(1);
      expect((await store.search({ words: 'ticket', filter: {}, page: PAGE })).total).toBe(0);
    });

    it('knows content by its digest, and with which signatures it was analysed', async () => {
      expect(await store.known(digestOf(DISK))).toEqual({});
      await store.put(newIncident(DISK));
      expect(await store.known(digestOf(DISK))).toEqual({ catalogue: 'catalogue-1' });
    });

    it('lists what could not be analysed until it can be', async () => {
      const failure = {
        digest: digestOf(DISK),
        name: 'b',
        catalogue: 'k',
        at: '2026-01-01T00:00:00Z',
        kind: 'unreadable',
        reason: 'the file is empty',
      } as const;
      await store.fail(failure);
      await store.fail(failure);
      await store.fail({ ...failure, digest: digestOf(VIP), name: 'a', kind: 'time' });
      expect(await store.failures()).toEqual([
        { id: digestOf(VIP).slice(0, 16), ...failure, digest: digestOf(VIP), name: 'a', kind: 'time' },
        { id: digestOf(DISK).slice(0, 16), ...failure },
      ]);
      expect(await store.known(digestOf(DISK))).toEqual({ failure: { id: digestOf(DISK).slice(0, 16), ...failure } });
      await store.put(newIncident(DISK));
      expect((await store.failures()).map((one) => one.name)).toEqual(['a']);
    });

    it('shows to others what was put, at once and after it was closed', async () => {
      const other = await opened.reopen();
      expect((await other.list(EVERYTHING, PAGE)).total).toBe(0);
      await store.put(newIncident(DISK));
      expect((await other.list(EVERYTHING, PAGE)).total).toBe(1);
      expect((await other.search({ words: 'flush', filter: {}, page: PAGE })).total).toBe(1);
      await other.note(digestOf(DISK).slice(0, 16), {
        at: '2026-01-16T00:00:00Z',
        text: 'replaced the controller',
        resolution: true,
      });
      expect((await store.search({ words: 'controller', filter: {}, page: PAGE })).total).toBe(1);
      await store.close();
      const third = await opened.reopen();
      expect((await third.search({ words: 'controller', filter: {}, page: PAGE })).total).toBe(1);
      await Promise.all([other.close(), third.close()]);
      store = await opened.reopen();
    });

    it('loses nothing where several put at once', async () => {
      const stores = [store, await opened.reopen(), await opened.reopen()];
      const sketches = Array.from({ length: 30 }, (_, i) => ({ ...VIP, name: `gather-${i}` }));
      // Each twice, by different ones.
      await Promise.all([...sketches, ...sketches].map((sketch, i) => stores[i % 3]!.put(newIncident(sketch))));
      expect((await store.list(EVERYTHING, { skip: 0, most: 100 })).incidents).toHaveLength(30);
      await Promise.all(stores.slice(1).map((one) => one.close()));
      expect((await store.list(EVERYTHING, { skip: 0, most: 100 })).total).toBe(30);
    });
  });

  describe(`${name}: many incidents`, () => {
    let store: IncidentStore;
    beforeAll(async () => {
      const opened = await open();
      for (const sketch of ALL) await opened.store.put(newIncident(sketch));
      await opened.store.close();
      store = await opened.reopen();
    });
    afterAll(() => store.close());

    const names = async (filter: IncidentFilter) =>
      (await store.list(filter, PAGE)).incidents
        .map((incident) => incident.name.replace(/^ticket-(\d).*/, '$1'))
        .join();
    const search = (words: string, filter: IncidentFilter = {}): Promise<SearchResult> =>
      store.search({ words, filter, page: PAGE });
    const found = async (words: string, filter: IncidentFilter = {}) =>
      (await search(words, filter)).hits.map((hit) => hit.incident.name.replace(/^ticket-(\d).*/, '$1')).join();

    it.each<[IncidentFilter, string]>([
      [{}, '4,3,2,1'],
      [{ signature: ['etcd-slow-disk'] }, '4,1'],
      [{ signature: ['etcd-slow-disk', 'vip-outside'] }, '4,2,1'],
      [{ component: ['network'] }, '2'],
      [{ component: ['etcd'], since: '2025-12-01T00:00:00Z' }, '4'],
      [{ version: ['4.18'] }, '4,1'],
      [{ version: ['4.1'] }, '3'],
      [{ version: ['4.18.3'] }, '1'],
      [{ version: ['4.1', '4.16'] }, '3,2'],
      [{ version: ['4.%'] }, ''],
      [{ platform: ['baremetal'] }, '4,1'],
      [{ status: ['healthy'] }, '3'],
      [{ cluster: ['c-2'] }, '2'],
      [{ since: '2025-12-04T00:00:00Z' }, '4,3,2'],
      [{ until: '2025-12-04T00:00:00Z' }, '1'],
      [{ signature: ['no-such'] }, ''],
    ])('lists %j as %j', async (filter, expected) => {
      expect(await names(filter)).toBe(expected);
    });

    it('lists in pages', async () => {
      const page = await store.list(EVERYTHING, { skip: 1, most: 2 });
      expect(page.total).toBe(4);
      expect(page.incidents.map((incident) => incident.name)).toEqual(['ticket-3.tar.gz', 'ticket-2.tar.gz']);
    });

    it.each([
      ['flush', '4,1'],
      ['FLUSHING disk', '4,1'],
      ['slow fdatasync', '4,1'],
      ['berlin', '4,1'],
      ['lower latency', '4,1'],
      ['vip', '2'],
      ['10.46.124.13', '2'],
      ['10.46.124', '2'],
      ['etcd vip', ''],
      ['etc', '4,1'],
      ['et', ''],
      ['the', '4,3,2,1'],
      ['', '4,3,2,1'],
      ['% _ * ~ " \' : & | ! ( ) <->', '4,3,2,1'],
      ['constructor', ''],
    ])('finds by %j the incidents %j', async (words, expected) => {
      expect(await found(words)).toBe(expected);
    });

    it('finds by words within a filter', async () => {
      expect(await found('flush', { since: '2025-12-01T00:00:00Z' })).toBe('4');
      expect(await found('', { version: ['4.16'] })).toBe('2');
      expect((await search('flush', { version: ['4.18.3'] })).total).toBe(1);
    });

    it('shows where the words stand', async () => {
      const { hits } = await search('fdatasync');
      expect(hits[0]?.snippets).toEqual([
        {
          field: 'evidence',
          parts: [
            { text: 'slow ', marked: false },
            { text: 'fdatasync', marked: true },
            { text: ' took 2.31s', marked: false },
          ],
        },
      ]);
    });

    it('puts what says it in its title before what only quotes it', async () => {
      const opened = await open();
      const quoting: Sketch = {
        name: 'quoting',
        gatheredAt: '2026-01-01T00:00:00Z',
        findings: [
          { signature: 'ingress-down', evidence: [{ source: 'a', text: 'cannot flush the cache', repeats: 1 }] },
        ],
      };
      for (const sketch of [quoting, DISK, HEALTHY, VIP]) await opened.store.put(newIncident(sketch));
      const result = await opened.store.search({ words: 'flush', filter: {}, page: { skip: 0, most: 1 } });
      expect(result.total).toBe(2);
      expect(result.hits.map((hit) => hit.incident.name)).toEqual(['ticket-1.tar.gz']);
      await opened.store.close();
    });

    it('offers what is alike, with how rare each feature is', async () => {
      const features = ['cause:etcd-slow-disk', 'platform:VSphere', 'cause:never-seen'];
      const { total, frequencies, incidents } = await store.candidates(features, 10);
      expect(total).toBe(4);
      expect(Object.fromEntries(frequencies)).toEqual({
        'cause:etcd-slow-disk': 2,
        'platform:VSphere': 1,
        'cause:never-seen': 0,
      });
      expect(incidents.map((incident) => incident.name).sort()).toEqual([
        'ticket-1.tar.gz',
        'ticket-2.tar.gz',
        'ticket-4.tar.gz',
      ]);
      const best = await store.candidates(features, 2);
      expect(best.incidents.map((incident) => incident.name).sort()).toEqual(['ticket-1.tar.gz', 'ticket-4.tar.gz']);
    });

    it('counts', async () => {
      expect(await store.statistics(EVERYTHING)).toEqual({
        incidents: 4,
        verdicts: [
          { value: 'failed', count: 3 },
          { value: 'healthy', count: 1 },
        ],
        versions: [
          { value: '4.18', count: 2 },
          { value: '4.1', count: 1 },
          { value: '4.16', count: 1 },
        ],
        platforms: [
          { value: 'BareMetal', count: 2 },
          { value: 'VSphere', count: 1 },
        ],
        months: [
          { value: '2025-11', count: 1 },
          { value: '2025-12', count: 3 },
        ],
        causes: [
          {
            signature: 'etcd-slow-disk',
            title: 'etcd cannot flush its log to disk in time',
            count: 2,
            first: 2,
            versions: [{ value: '4.18', count: 2 }],
            platforms: [{ value: 'BareMetal', count: 2 }],
            months: [
              { value: '2025-11', count: 1 },
              { value: '2025-12', count: 1 },
            ],
          },
          {
            signature: 'vip-outside',
            title: 'API VIP 10.46.124.13 lies outside every machine network',
            count: 1,
            first: 1,
            versions: [{ value: '4.16', count: 1 }],
            platforms: [{ value: 'VSphere', count: 1 }],
            months: [{ value: '2025-12', count: 1 }],
          },
        ],
        // Six hours, and 48 days and six hours.
        onsetToGather: {
          count: 2,
          medianMs: 6 * 3_600_000,
          p90Ms: (48 * 24 + 6) * 3_600_000,
          buckets: [
            { belowMs: 3_600_000, count: 0 },
            { belowMs: 21_600_000, count: 0 },
            { belowMs: 86_400_000, count: 1 },
            { belowMs: 259_200_000, count: 0 },
            { belowMs: 604_800_000, count: 0 },
            { count: 1 },
          ],
        },
        early: [{ signature: 'etcd-slow-disk', count: 2, medianLeadMs: 3_600_000 }],
        hits: [
          { value: 'etcd-leader-lost', count: 2 },
          { value: 'etcd-slow-disk', count: 2 },
          { value: 'ingress-down', count: 1 },
          { value: 'vip-outside', count: 1 },
        ],
        together: [],
        unexplained: {
          withoutCause: 0,
          withSymptoms: 1,
          symptoms: [{ value: 'ingress-down', count: 1 }],
          templates: [{ value: 'retrying <n>', count: 1 }],
        },
      });
      expect((await store.statistics({ status: ['healthy'] })).incidents).toBe(1);
    });

    it('names signatures that are never found apart', async () => {
      const opened = await open();
      const findings = [{ signature: 'a' }, { signature: 'b' }, { signature: 'c' }];
      const sketches: Sketch[] = [
        { name: '1', findings },
        { name: '2', findings },
        { name: '3', findings },
        { name: '4', findings: [{ signature: 'c' }, { signature: 'd' }, { signature: 'e' }], status: 'degraded' },
        { name: '5', findings: [{ signature: 'd' }, { signature: 'e' }] },
      ];
      for (const sketch of sketches) await opened.store.put(newIncident(sketch));
      const { together, unexplained } = await opened.store.statistics(EVERYTHING);
      expect(together).toEqual([{ a: 'a', b: 'b', count: 3 }]);
      expect(unexplained.withoutCause).toBe(5);
      await opened.store.close();
    });
  });
}
