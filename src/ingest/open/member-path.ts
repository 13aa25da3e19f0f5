/** Controls, line separators and characters that reorder or hide text: a name must look like what it is. */
const UNSAFE = /[\u0000-\u001f\u007f-\u009f\u00ad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]/g;

/** What of a name is not shown as it stands: segments that are empty or dots, drives, anything but printable ASCII. */
const ODD = /[^ -~]|(?:^|\/)\.{0,2}(?:\/|$)|^[A-Za-z]:[\\/]/;

/** No file system takes a longer path; an archive header can state one of a megabyte. */
const MAX_NAME = 4096;

export interface MemberPath {
  readonly path: string;
  /** The archive's own name pointed outside of it, or held bytes that are not shown. */
  readonly changed: boolean;
}

/**
 * The path under which a member is reported. Nothing is ever written to disk, so a hostile name cannot reach anything;
 * but it must neither look like another file nor disturb a terminal.
 */
export function memberPath(name: string): MemberPath {
  if (name.length <= MAX_NAME && !ODD.test(name)) return { path: name, changed: false };
  const escaped = showName(name.slice(0, MAX_NAME));
  let rest = escaped;
  let changed = escaped !== name;
  if (/^[A-Za-z]:[\\/]/.test(rest)) {
    rest = rest.slice(3);
    changed = true;
  }
  if (rest.startsWith('/')) changed = true;
  const kept: string[] = [];
  for (const segment of rest.split('/')) {
    if (segment === '' || segment === '.') continue;
    if (segment === '..') changed = true;
    else kept.push(segment);
  }
  return { path: kept.join('/') || 'unnamed', changed: changed || kept.length === 0 };
}

/** A file name with unsafe characters written as escapes. */
export function showName(name: string): string {
  return name.replace(UNSAFE, (char) => {
    const code = char.charCodeAt(0);
    return code < 256 ? `\\x${code.toString(16).padStart(2, '0')}` : `\\u${code.toString(16)}`;
  });
}
