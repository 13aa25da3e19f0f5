import type { LineSink } from '../../../model/log-line.ts';
import type { Source } from '../../../model/source.ts';
import type { ReadContext } from '../../byte-sink.ts';
import type { Format, JournalFormat } from '../formats.ts';
import type { SourceReader } from '../region-consumer.ts';
import { EntryReader, type OpenEntryFormat } from './entry-reader.ts';
import { openExport } from './export.ts';
import { openJson, openPrettyJson } from './json.ts';
import { openJsonArray } from './json-array.ts';
import { openVerbose } from './verbose.ts';

const FORMATS: Readonly<Record<JournalFormat, OpenEntryFormat>> = {
  'journal-export': openExport,
  'journal-json': openJson,
  'journal-json-sse': openJson,
  'journal-json-seq': openJson,
  'journal-json-array': openJsonArray,
  'journal-json-pretty': openPrettyJson,
  'journal-verbose': openVerbose,
};

export function isStructured(format: Format): format is JournalFormat {
  return Object.hasOwn(FORMATS, format);
}

export function openTranscoder(
  format: JournalFormat,
  source: Source,
  sink: LineSink,
  context: ReadContext,
): SourceReader {
  return new EntryReader(format, FORMATS[format], source, sink, context);
}
