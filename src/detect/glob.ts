import picomatch from 'picomatch';

const compiled = new Map<string, (text: string) => boolean>();

/** Does `text` match any of the globs? Without globs: yes. */
export function matchesAny(globs: readonly string[], text: string | undefined): boolean {
  if (globs.length === 0) return true;
  if (text === undefined) return false;
  return globs.some((glob) => matcherOf(glob)(text));
}

function matcherOf(glob: string): (text: string) => boolean {
  let matcher = compiled.get(glob);
  if (matcher === undefined) {
    matcher = /[*?[\]{}!]/.test(glob) ? picomatch(glob, { dot: true, nonegate: true }) : (text) => text === glob;
    compiled.set(glob, matcher);
  }
  return matcher;
}
