import { createRequire } from 'node:module';
import type lunr from 'lunr';
import type { ReportFinding } from '../../model/report.ts';
import { entityInWords, placeOf } from '../words.ts';
import { causeAnchor, type Page } from './page.ts';

/** What can be found: kind, title, fragment, and the text it is found by. */
interface Entry {
  readonly kind: string;
  readonly title: string;
  readonly anchor: string;
  readonly body: string;
}

/** Characters of one entry's text that are indexed. */
const LONGEST_BODY = 2000;
/** Longer words are hashes and blobs that nobody types. */
const LONGEST_WORD = 48;

const require = createRequire(import.meta.url);

/** The index over findings, evidence, resources and remedies, in lunr's own serialisation. */
export function searchIndex(page: Page): { entries: [string, string, string][]; separator: string; index: object } {
  const entries = entriesOf(page);
  const engine = require('lunr') as typeof lunr;
  const builder = new engine.Builder();
  builder.tokenizer = Object.assign(tokens, { separator: SEPARATOR }) as unknown as typeof lunr.tokenizer;
  builder.ref('ref');
  builder.field('title', { boost: 4 });
  builder.field('body');
  entries.forEach(({ title, body }, i) => {
    builder.add({ ref: String(i), title, body: body.slice(0, LONGEST_BODY) });
  });
  return {
    entries: entries.map(({ kind, title, anchor }) => [kind, title.slice(0, 160), anchor]),
    separator: SEPARATOR.source,
    index: builder.build().toJSON(),
  };

  function tokens(text: unknown): lunr.Token[] {
    const words = typeof text === 'string' ? text.toLowerCase().split(SEPARATOR) : [];
    return [...new Set(words)]
      .filter((word) => word !== '' && word.length <= LONGEST_WORD)
      .map((word) => new engine.Token(word, {}));
  }
}

/** Identifiers fall into their words; addresses and versions stay whole. */
const SEPARATOR = /[^\p{L}\p{N}.:]+|[.:]+(?=\s|$)/u;

function entriesOf(page: Page): Entry[] {
  const { report } = page;
  return [
    ...report.rootCauses.flatMap((cause) => {
      const anchor = causeAnchor(cause.rank);
      const { summary = '', why = '' } = cause;
      return [
        { kind: 'root cause', title: cause.title, anchor, body: `${summary} ${why} ${cause.signature}` },
        ...[...cause.remediation, ...cause.verify].map(({ text, run = '' }) => ({
          kind: 'remedy',
          title: text,
          anchor,
          body: run,
        })),
      ];
    }),
    ...report.findings.map((finding) => ({
      kind: 'finding',
      title: finding.title,
      anchor: page.anchors.get(finding.id) ?? 'findings',
      body: findingText(finding),
    })),
    ...report.cluster.nodes.map(({ name, roles }) => ({
      kind: 'node',
      title: name,
      anchor: 'cluster',
      body: roles.join(' '),
    })),
    ...report.cluster.operators.map(({ name, message = '' }) => ({
      kind: 'operator',
      title: name,
      anchor: 'cluster',
      body: message,
    })),
    ...report.coverage.missing.map(({ what, why, matters }) => ({
      kind: 'missing',
      title: what,
      anchor: 'coverage',
      body: `${why} ${matters}`,
    })),
  ];
}

function findingText({ signature, entities, captures, evidence, summary = '' }: ReportFinding): string {
  return [
    signature,
    summary,
    ...entities.map(entityInWords),
    ...Object.values(captures),
    ...evidence.flatMap((piece) => [piece.text.slice(0, 500), placeOf(piece).split('/').slice(-3).join('/')]),
  ].join(' ');
}
