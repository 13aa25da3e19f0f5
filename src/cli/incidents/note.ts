import type { Command } from 'commander';
import { UserError } from '../../model/errors.ts';
import { formatTime } from '../../model/time.ts';
import { print } from '../catalogue.ts';
import { type ArchiveFlags, addArchiveOption, withArchive } from './open-archive.ts';

interface Flags extends ArchiveFlags {
  readonly text?: string;
  readonly resolution?: string;
  readonly by?: string;
}

/** Characters of one note. */
const LONGEST = 20_000;

export function addNoteCommand(inquest: Command): void {
  const command = inquest
    .command('note')
    .description('write down what is known of an archived incident, above all how it was resolved')
    .argument('<incident>', 'its id, or the beginning of it');
  addArchiveOption(command)
    .option('--resolution <text>', 'how it was resolved; shown wherever a similar incident comes up')
    .option('--text <text>', 'anything else')
    .option('--by <name>', 'who says so')
    .action(run);
}

async function run(id: string, { archive: location, text, resolution, by }: Flags): Promise<void> {
  const notes = [
    ...(resolution === undefined ? [] : [{ text: resolution, resolution: true }]),
    ...(text === undefined ? [] : [{ text, resolution: false }]),
  ];
  if (notes.length === 0) throw new UserError('nothing to note; give --resolution or --text');
  for (const note of notes) {
    if (note.text.trim() === '') throw new UserError('a note needs a text');
    if (note.text.length > LONGEST) throw new UserError(`a note has at most ${LONGEST} characters`);
  }
  const at = formatTime(Math.floor(Date.now() / 1000) * 1e6);
  await withArchive(location, async (archive) => {
    for (const note of notes) await archive.note(id, { at, ...note, ...(by !== undefined && { by }) });
  });
  print([`noted on ${id}`]);
}
