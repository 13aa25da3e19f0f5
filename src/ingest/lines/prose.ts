const NEWLINE = 10;
/** Whoever writes more than that under a log is not heard. */
const LOOK_BACK_LINES = 400;
/** Bytes of a line that are looked at. */
const LOOKED_AT = 256;

/** `After that the node did not come back.`, `Hi team,`, `Regards,`. */
const SENTENCE = /^\p{Lu}[\p{Ll}'’]*(?:,? [\p{L}'’]+){2}(?=[\s.,!?]|$)|^\p{Lu}\p{Ll}+(?: \p{L}+)?[,!]$/u;
/** Programs write whole sentences behind a blank line too: systemd-coredump and Python do. */
const OF_A_TRACE = /^(?:Stack trace of thread|The above exception|During handling of the above|Caused by) /;

/** What stood before the bytes at hand. */
export interface ProseBefore {
  readonly isProse: boolean;
  readonly isBlank: boolean;
}

export const NO_PROSE: ProseBefore = { isProse: false, isBlank: false };

/**
 * Whether the line below `offset` of `bytes` is what somebody wrote under a pasted log: between it and the last line that a
 * program wrote a sentence starts behind a blank line. `line` is the one at `offset`; journalctl indents what belongs to a message.
 */
export function isProse(
  bytes: Buffer,
  from: number,
  offset: number,
  line: string,
  isWritten: (line: string, start: number) => boolean,
  before: ProseBefore,
): boolean {
  let below = line;
  let end = offset;
  for (let lines = 0; lines < LOOK_BACK_LINES; lines++) {
    if (end <= from) return before.isProse || (before.isBlank && isSentence(below));
    const start = Math.max(end - 2 < from ? from : bytes.lastIndexOf(NEWLINE, end - 2) + 1, from);
    const text = bytes.toString('utf8', start, Math.min(end, start + LOOKED_AT)).trimEnd();
    if (text === '') {
      if (isSentence(below)) return true;
    } else if (isWritten(text, start)) return false;
    below = text;
    end = start;
  }
  return false;
}

function isSentence(line: string): boolean {
  return SENTENCE.test(line) && !OF_A_TRACE.test(line);
}
