import { compile } from './detect/compile.ts';
import { type LineMatch, lineExplainer } from './detect/explain-line.ts';
import { openLines } from './ingest/lines/open-lines.ts';
import { DEFAULT_LIMITS } from './model/limits.ts';
import type { LineSink } from './model/log-line.ts';
import type { Signature } from './model/signature.ts';
import type { Source } from './model/source.ts';

export interface LineExplanation {
  readonly line: string;
  readonly matches: readonly LineMatch[];
}

/**
 * Says of each pasted line what the signatures make of it. The lines are read as those of a log are: a journal's names the
 * unit, and lines that continue one before it belong to the same writer. Blank lines are left out.
 */
export function explainText(
  signatures: readonly Signature[],
  text: string,
  place: Partial<Source>,
): readonly LineExplanation[] {
  const explain = lineExplainer(compile(signatures));
  return linesOf(text, place)
    .filter(({ line }) => line.trim() !== '')
    .map(({ line, identifier }) => ({
      line,
      matches: explain({ text: line, place, ...(identifier !== undefined && { identifier }) }),
    }));
}

interface ReadLine {
  readonly line: string;
  readonly identifier?: string | undefined;
}

function linesOf(text: string, place: Partial<Source>): ReadLine[] {
  const lines: ReadLine[] = [];
  const sink: LineSink = {
    region({ bytes, start, end }, decoder) {
      const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
      for (let from = start; from < end; ) {
        const newline = buffer.indexOf(10, from);
        const to = newline < 0 || newline > end ? end : newline;
        const { identifier } = decoder.decode(buffer.toString('latin1', from, to), from);
        lines.push({ line: buffer.toString('utf8', from, to), identifier });
        from = to + 1;
      }
    },
    end: () => undefined,
  };
  const source: Source = { kind: 'text', path: 'pasted', ...place };
  const bytes = openLines(source, sink, {
    limits: DEFAULT_LIMITS,
    notes: { note: () => undefined, skip: () => undefined },
    summary: () => undefined,
  });
  bytes.write(Buffer.from(text.endsWith('\n') ? text : `${text}\n`));
  bytes.end(false);
  return lines;
}
