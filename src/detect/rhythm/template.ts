/** Ids, addresses and numbers: what differs from one turn of a loop to the next. Not the digits of names such as `mlx5_core`. */
const VARIABLE =
  /\d{4}-\d\d-\d\d[T ][\d:.]{5,18}(?:Z|[+-]\d\d:?\d\d)?|[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}|0x[0-9a-f]+|\b(?=[a-f]*[0-9])[0-9a-f]{7,}\b|(?<![a-z])[0-9]+(?:[.:][0-9a-f]+)*|[0-9]+(?![0-9a-z_])/gi;
const LONGEST = 400;

/** The text with what varies masked by `#`, so that lines of one loop become equal. */
export function templateOf(text: string): string {
  return text.slice(0, LONGEST).replace(VARIABLE, '#').replace(/\s+/g, ' ').trim();
}

/** What does not vary in a line: the parts between its numbers and ids. */
export function constantParts(text: string): string[] {
  return text.split(VARIABLE);
}

/** Words and levels of something that does not work. Lines without any may repeat for ever: probes, leases, syncs. */
const TROUBLE =
  /\b(?:error|failed|failure|failing|fatal|panic|critical|timed out|timeout|refused|unreachable|unable to|cannot|could not|denied|forbidden|invalid|no route|not found|does not exist|stuck|retrying|giving up|mismatch|expired|unauthorized|x509)\b|(?:^| )[EF]\d{4} \d\d:|query_\w+ failed/i;

/** What a component says at a level below warning is no trouble, whatever words it uses. */
const QUIET = /(?:^| )[I]\d{4} \d\d:\d\d:|\blevel=(?:info|debug|trace)\b|"level":"(?:info|debug)"|\b(?:INFO|DEBUG)\b/;
const HEAD = 512;

export function isTrouble(line: string): boolean {
  return TROUBLE.test(line) && !QUIET.test(line.slice(0, HEAD));
}
