import type { DocumentFamily } from '../../model/facts.ts';
import type { Value } from '../../model/resource.ts';
import type { ByteSink, ReadContext } from '../byte-sink.ts';
import { errorTextOf, quote } from './error-text.ts';
import { withoutSecrets } from './install-config.ts';
import { readJsonText } from './json-objects.ts';
import { JsonSplitter } from './json-splitter.ts';
import { lineAt } from './line-index.ts';
import type { Emit, FileNotes } from './object-sink.ts';
import { Unreadable } from './unsupported.ts';
import { YamlSplitter } from './yaml-splitter.ts';
import { readYamlText, withPlainBreaks } from './yaml-text.ts';

const WITH_SECRETS: ReadonlySet<DocumentFamily> = new Set(['install-config', 'kubeconfig']);

/** What both readers of whole documents need. */
interface Target {
  readonly family: DocumentFamily;
  readonly path: string;
  readonly emit: Emit;
  readonly notes: FileNotes;
}

function give({ family, path, emit }: Target, value: Value, lineOf: (pointer: string) => number): void {
  const body = WITH_SECRETS.has(family) ? withoutSecrets(value) : value;
  emit.document({ family, path, pointer: '', body, lineOf });
}

/** Reads each JSON value of a file as one document. */
export function jsonDocuments(target: Target, context: ReadContext): ByteSink {
  const { notes } = target;
  const splitter = new JsonSplitter(
    {
      value(unit) {
        attempt(target, unit.line, () => {
          const { value, lineOf } = readJsonText(unit);
          give(target, value, lineOf);
        });
      },
      item: () => undefined,
      list: () => undefined,
      endList: () => undefined,
      leftOut: (line, _pointer, reason) => notes.skip('left-out', `the document at line ${line} is ${reason}`),
      broken: (line, reason) => notes.skip('broken', `${reason} (line ${line})`),
    },
    context.limits.maxDocument,
    false,
  );
  return { write: (chunk) => splitter.write(chunk), end: () => splitter.end() };
}

/** Reads each YAML document of a file. */
export function yamlDocuments(target: Target, context: ReadContext): ByteSink {
  const { notes } = target;
  const splitter = new YamlSplitter(
    {
      document(unit) {
        const text = withPlainBreaks(unit);
        const error = errorTextOf(text.bytes.toString('utf8', text.start, Math.min(text.end, text.start + 400)));
        if (error !== undefined) notes.skip('error-text', `error text instead of a document: ${error}`);
        else {
          attempt(target, unit.line, () => {
            const { value, index } = readYamlText(text);
            if (typeof value !== 'object') notes.skip('no-document', 'text instead of a document');
            else give(target, value, (pointer) => lineAt(value, index, pointer));
          });
        }
      },
      item: () => undefined,
      list: () => undefined,
      endList: () => undefined,
      keepLast: () => true,
      tooLong: (line) => notes.skip('too-long', `the document at line ${line} is longer than the limit`),
    },
    context.limits.maxDocument,
    false,
  );
  return { write: (chunk) => splitter.write(chunk), end: () => splitter.end() };
}

function attempt({ notes }: Target, line: number, read: () => void): void {
  try {
    read();
  } catch (error) {
    if (!(error instanceof Unreadable)) throw error;
    notes.skip('invalid', `invalid document at line ${line + error.line}: ${quote(error.reason)}`);
  }
}
