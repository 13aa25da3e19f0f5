import type { Source } from '../../../model/source.ts';

/** `master-2 login: `, as getty writes it on a console; what a recorder puts before each line may stand before it. */
const PROMPT =
  /^(?:[\d\s:TZ.,+/[\]|-]*[\s\]|])?([a-z0-9][a-z0-9.-]{0,252}) login: ?(?:(?:root|core)(?: \(automatic login\))?)?\s*$/i;
/** `systemd[1]: Hostname set to <master-2>.`, formerly `Set hostname to <master-2>.` */
const SET = /systemd\[1\]: (?:Hostname set|Set hostname) to <([a-z0-9][a-z0-9.-]{0,252})>/i;
const MARKS: readonly { readonly mark: Buffer; readonly pattern: RegExp }[] = [
  { mark: Buffer.from(' login:'), pattern: PROMPT },
  { mark: Buffer.from('ostname set to <'), pattern: SET },
  { mark: Buffer.from('et hostname to <'), pattern: SET },
];
const NEWLINE = 10;
const LONGEST_HEAD = 400;
/** A host that nobody logs in to prompts once a boot; what holds more of these words is something else. */
const MOST_LOOKS = 1000;
/** `Last login:` and the like are no prompts. */
const NO_HOST =
  /^(?:last|failed|invalid|bad|first|next|remote|ssh|serial|console|user|the|a|at|localhost(?:\..*)?|\d+)$/i;
/** Whatever moves a cursor or colours, and NUL, CR and the like. */
const CONTROLS = /\x1b\[[0-?]*[ -/]*[@-~]|[\0-\x08\x0b-\x1f]/g;

/** Whether the host is open, or only what somebody called a file after. */
export function mayNameItself({ kind, host, isHostGuessed, pod }: Source): boolean {
  if (kind === 'console') return true;
  return kind === 'kernel' && pod === undefined && (host === undefined || isHostGuessed === true);
}

/** Finds the name that the host of a console or kernel log gives itself in it. */
export class ConsoleHost {
  readonly #names = new Set<string>();
  #looks = 0;

  /** Reads `bytes[0, end)`. */
  region(bytes: Buffer, end: number): void {
    for (const { mark, pattern } of MARKS) {
      for (
        let at = bytes.indexOf(mark);
        at >= 0 && at < end && this.#looks < MOST_LOOKS;
        at = bytes.indexOf(mark, at + mark.length)
      ) {
        this.#looks++;
        const name = pattern.exec(lineAround(bytes, at, end))?.[1];
        if (name !== undefined && !NO_HOST.test(name) && this.#names.size < 2) this.#names.add(name);
      }
    }
  }

  /** Undefined where it gave itself none, or two: then it may be the log of two hosts. */
  get host(): string | undefined {
    const [name] = this.#names;
    return this.#names.size === 1 ? name : undefined;
  }
}

function lineAround(bytes: Buffer, at: number, end: number): string {
  const near = Math.max(0, at - LONGEST_HEAD);
  const before = bytes.subarray(near, at).lastIndexOf(NEWLINE);
  const rest = bytes.subarray(at, Math.min(end, at + LONGEST_HEAD));
  const next = rest.indexOf(NEWLINE);
  return bytes.toString('latin1', near + before + 1, at + (next < 0 ? rest.length : next)).replace(CONTROLS, '');
}
