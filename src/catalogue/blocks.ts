import type { Command } from '../model/signature.ts';
import { recoveryInWords } from '../report/words.ts';
import type { Entry, Link } from './entry.ts';

/** A piece of running text. */
export type Span =
  | { readonly text: string }
  | { readonly url: string }
  /** Another entry; without an area, one that does not exist. */
  | { readonly entry: string; readonly area?: string | undefined };

export interface Item {
  readonly risk?: string;
  readonly spans: readonly Span[];
  /** A command to paste. */
  readonly run?: string;
}

/** An entry as blocks, which every rendering of the catalogue shows in this order. */
export type Block =
  | { readonly type: 'heading'; readonly text: string }
  | { readonly type: 'paragraph'; readonly spans: readonly Span[] }
  | { readonly type: 'code'; readonly language: string; readonly lines: readonly string[] }
  | { readonly type: 'list'; readonly title: string; readonly items: readonly Item[] };

export function blocksOf(entry: Entry): Block[] {
  const { about, example } = entry;
  return [
    { type: 'heading', text: about.title },
    paragraph(factsOf(entry)),
    ...(example === undefined ? [] : [{ type: 'code' as const, ...example }]),
    paragraph(about.why),
    paragraph(`A finding reads: ${about.summary}`),
    ...lists(entry),
  ];
}

function factsOf({ kind, about, when, needs, area }: Entry): string {
  return [
    `${about.severity}, ${about.role}`,
    about.component === area ? area : `${about.component} (${area})`,
    ...(about.status === 'stable' ? [] : [about.status]),
    ...(about.recovery === undefined ? [] : [recoveryInWords(about.recovery)]),
    ...(about.timeless === true ? ['holds from installation on'] : []),
    ...(when === undefined ? [] : [`found ${when}`]),
    ...(kind === 'detector' ? [`a detector, reads ${needs.join(', ')}`] : []),
  ].join('; ');
}

function lists({ about, causes, causedBy }: Entry): Block[] {
  return [
    list('Leads to', causes.map(linkItem)),
    list('Comes from', causedBy.map(linkItem)),
    list('Confirm', (about.confirm ?? []).map(commandItem)),
    list('Fix', (about.fix ?? []).map(commandItem)),
    list('Collect, where evidence is thin', (about.collect ?? []).map(textItem)),
    list('Not to be confused with', (about.falsePositives ?? []).map(textItem)),
    list('References', (about.references ?? []).map(referenceItem)),
  ].flat();
}

function paragraph(text: string): Block {
  return { type: 'paragraph', spans: [{ text }] };
}

function list(title: string, items: readonly Item[]): Block[] {
  return items.length === 0 ? [] : [{ type: 'list', title, items }];
}

function textItem(text: string): Item {
  return { spans: [{ text }] };
}

function linkItem({ id, area, edge }: Link): Item {
  const bound = edge.within === undefined ? '' : `, within ${edge.within}`;
  return { spans: [{ entry: id, area }, { text: ` (${edge.strength}${bound}): ${edge.because}` }] };
}

function commandItem({ text, run, risk }: Command): Item {
  return { spans: [{ text }], ...(risk !== undefined && { risk }), ...(run !== undefined && { run }) };
}

function referenceItem(reference: string): Item {
  return /^https?:\/\/[\w./#?=&%~:+,-]+$/.test(reference) ? { spans: [{ url: reference }] } : textItem(reference);
}
