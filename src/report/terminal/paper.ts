import { styleText } from 'node:util';
import { clip, displayWidth, visible, wrap } from '../text-safety.ts';

export type Style = 'bold' | 'dim' | 'red' | 'yellow' | 'green' | 'cyan';

/** What a terminal rendering is written on. */
export interface Paper {
  /** Columns that a line may fill. */
  readonly width: number;
  readonly paint: (style: Style | readonly Style[], text: string) => string;
  /** Directory that `…/` stands for. */
  readonly root: string | undefined;
  /** URL of a line of a source, where it can be opened. */
  readonly link?: EvidenceLink | undefined;
}

export type EvidenceLink = (source: string, line: number | undefined) => string | undefined;

/** The text with the paper's root directory abbreviated, wherever it stands. */
export function shortened(paper: Paper, text: string): string {
  return paper.root === undefined ? text : text.replaceAll(paper.root, '…/');
}

/** Narrower terminals get lines of this width all the same: below it there is nothing left to read. */
const NARROWEST = 60;

export function paperOf(width: number, color: boolean, root?: string, link?: EvidenceLink): Paper {
  return {
    link,
    width: Math.max(NARROWEST, Math.floor(width)),
    root,
    paint: color ? (style, text) => styleText([style].flat(), text, { validateStream: false }) : (_, text) => text,
  };
}

export interface ParagraphOptions {
  readonly style?: Style | readonly Style[];
  /** Most lines; the last one is cut with an ellipsis. */
  readonly most?: number;
  /** Stands before every line but the first; default: as many spaces as the prefix is wide. */
  readonly hanging?: string;
  /** Where a click on the text leads. */
  readonly link?: string | undefined;
}

/** Hostile text, made visible and broken to the paper's width, after a prefix of our own. */
export function paragraph(paper: Paper, prefix: string, text: string, options: ParagraphOptions = {}): string[] {
  const hanging = options.hanging ?? ' '.repeat(displayWidth(prefix));
  const room = Math.max(8, paper.width - Math.max(displayWidth(prefix), displayWidth(hanging)));
  const lines = wrap(visible(text), room, options.most);
  const style = options.style;
  return (lines.length === 0 ? [''] : lines).map((line, i) => {
    const styled = style === undefined ? line : paper.paint(style, line);
    const painted = options.link === undefined ? styled : linked(styled, options.link);
    return `${i === 0 ? prefix : hanging}${painted}`.trimEnd();
  });
}

/** OSC 8. Whatever is no plain URL would end the sequence early, and makes no link. */
function linked(text: string, url: string): string {
  return /^file:[\x21-\x7e]+$/.test(url) ? `\u001b]8;;${url}\u001b\\${text}\u001b]8;;\u001b\\` : text;
}

/** One line, cut with an ellipsis where it is too long. */
export function oneLine(paper: Paper, prefix: string, text: string, style?: Style | readonly Style[]): string {
  return paragraph(paper, prefix, text, style === undefined ? { most: 1 } : { most: 1, style })[0]!;
}

/** `── Title ─────────────` */
export function heading(paper: Paper, title: string): string[] {
  const text = clip(visible(title), paper.width - 6);
  const rule = '─'.repeat(Math.max(2, paper.width - displayWidth(text) - 4));
  return ['', `${paper.paint('dim', '──')} ${paper.paint('bold', text)} ${paper.paint('dim', rule)}`];
}

/** Lines under a label, nothing where there are none. */
export function labelled(paper: Paper, label: string, lines: readonly string[]): string[] {
  return lines.length === 0 ? [] : ['', paper.paint('bold', label), ...lines];
}

export function bullets(paper: Paper, texts: readonly string[]): string[] {
  return texts.flatMap((text) => paragraph(paper, '  - ', text));
}
