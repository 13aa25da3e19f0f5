import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { analyze } from '../src/analyze.ts';
import { findSimilar } from '../src/archive/find-similar.ts';
import { BUNDLED_SIGNATURES } from '../src/bundled-signatures.ts';
import { tarOf } from '../src/gathers/archives.ts';
import { buildScenario } from '../src/gathers/build.ts';
import { type Random, randomFrom } from '../src/gathers/random.ts';
import { SCENARIOS } from '../src/gathers/scenarios/index.ts';
import { DirectoryArchive } from '../src/incidents/directory/directory-archive.ts';
import type { Report } from '../src/model/report.ts';

// How long an archive of many incidents takes to answer: reports of the sample gathers under ever other names, in a
// directory: node bench/archive-search.ts [--count 10000]

const { values } = parseArgs({ options: { count: { type: 'string', default: '10000' } } });
const folder = mkdtempSync(join(tmpdir(), 'inquest-bench-search-'));

const reports: Report[] = [];
for (const scenario of SCENARIOS) {
  const path = join(folder, 'gather.tar');
  writeFileSync(path, await tarOf(buildScenario(scenario)));
  reports.push(await analyze([path], { signatureDirs: [BUNDLED_SIGNATURES], now: () => 0 }));
}

/** The same incident elsewhere: other hosts, another domain, another day and release. */
function elsewhere(report: Report, random: Random): Report {
  const city =
    random.pick(['berlin', 'oslo', 'lima', 'kyoto', 'delhi', 'porto', 'quito', 'accra']) + random.int(1, 400);
  const text = JSON.stringify({ ...report, outcomes: [] })
    .replaceAll(/\b(master|worker)-(\d)\b/g, `$1-$2-${city}-${random.suffix(4)}`)
    .replaceAll(/2025-12-0(\d)/g, `202${random.int(1, 5)}-${random.pick(['03', '07', '11'])}-1$1`)
    .replaceAll('4.18.14', `4.${random.int(12, 20)}.${random.int(0, 40)}`);
  return JSON.parse(text);
}

async function timed<T>(what: string, work: () => Promise<T>): Promise<T> {
  const started = performance.now();
  const before = process.cpuUsage();
  const result = await work();
  const { user, system } = process.cpuUsage(before);
  const [wall, cpu] = [performance.now() - started, (user + system) / 1000].map((ms) => ms.toFixed(0).padStart(7));
  process.stdout.write(`${what.padEnd(44)} ${wall} ms, ${cpu} ms of processor time\n`);
  return result;
}

const QUERIES = [
  'etcd',
  'slow disk etcd',
  'certificate expired kubelet',
  'berlin12',
  '10.46.124.13',
  'the ingress operator is degraded',
  'version:4.18 platform:BareMetal',
  'etcd version:4.16 since:2023-01',
  'node not ready network',
  'a',
];

try {
  const root = join(folder, 'archive');
  const filled = await DirectoryArchive.open(root, { create: true });
  const random = randomFrom('search');
  await timed(`put ${values.count} incidents`, async () => {
    for (let i = 0; i < Number(values.count); i++) {
      const report = elsewhere(random.pick(reports), random);
      const digest = createHash('sha256').update(String(i)).digest('hex');
      await filled.put({ digest, name: `ticket-${i}.tar.gz`, report, componentOf: (id) => id.split('-')[0] });
    }
    await filled.close();
  });
  const archive = await DirectoryArchive.open(root);
  const { parseQuery } = await import('../src/incidents/query.ts');
  const ask = (text: string) => archive.search({ ...parseQuery(text, Date.now() * 1000), page: { skip: 0, most: 10 } });
  await timed('load the index', () => ask('etcd'));
  for (const query of QUERIES) {
    const { total } = await timed(`search ${query}`, () => ask(query));
    process.stdout.write(`  ${total} found\n`);
  }
  await timed('statistics', () => archive.statistics({}));
  await timed('similar', () => findSimilar(archive, reports[0]!, { most: 5 }));
  process.stdout.write(`resident ${(process.memoryUsage.rss() / 1024 ** 2).toFixed(0)} MiB\n`);
} finally {
  rmSync(folder, { recursive: true });
}
