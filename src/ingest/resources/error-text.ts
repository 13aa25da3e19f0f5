// What collectors write where an object should be: `error: You must be logged in to the server (Unauthorized)`,
// `Error from server (NotFound): pods "x" not found`, `The connection to the server api:6443 was refused`.
const ERROR_TEXT =
  /^(?:error:|error from server|error executing|the connection to the server|unable to |timed out|command timed out|no resources found|failed to |could not |the server |Get "https?:)/i;

/** The first line of a text that is an error message and no object; undefined for any other text. */
export function errorTextOf(text: string): string | undefined {
  const first = text.trimStart().slice(0, 300).split('\n', 1)[0]?.trim() ?? '';
  return ERROR_TEXT.test(first) ? quote(first) : undefined;
}

/** Foreign text for a note: one line, no control characters, bounded. */
export function quote(text: string): string {
  const clean = text.replaceAll(/[\x00-\x1f\x7f-\x9f]+/g, ' ').trim();
  return clean.length > 160 ? `${clean.slice(0, 160)}…` : clean;
}
