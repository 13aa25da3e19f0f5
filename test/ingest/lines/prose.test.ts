import { describe, expect, test } from 'vitest';
import { SourceDecoder } from '../../../src/ingest/lines/decoder.ts';
import type { LineFormat } from '../../../src/ingest/lines/formats.ts';

/** Who wrote each line that is not empty, `-` for nobody, read in regions of so many lines. */
function writers(text: string, perRegion = 1000, format: LineFormat = 'journal-short'): string[] {
  const source = { path: 'x.log', kind: 'journal' } as const;
  const decoder = new SourceDecoder(format, source);
  const lines = text.split('\n');
  const found: string[] = [];
  for (let from = 0; from < lines.length; from += perRegion) {
    const bytes = Buffer.from(
      lines
        .slice(from, from + perRegion)
        .map((line) => `${line}\n`)
        .join(''),
    );
    decoder.enter(bytes, 0);
    let start = 0;
    for (const line of lines.slice(from, from + perRegion)) {
      const { identifier = '-', at } = decoder.decode(line, start);
      if (line.trim() !== '') found.push(at === undefined ? `(${identifier})` : identifier);
      start += Buffer.byteLength(line) + 1;
    }
    decoder.leave(bytes.length);
  }
  return found;
}

const LOG = 'Dec 03 20:00:05 master-2 sshd[3]: last entry';

describe('what somebody wrote under a pasted log', () => {
  const pasted = `${LOG}

After that the node did not come back.
we saw: Out of memory: Killed process 4242 (etcd)

Regards,
Bob

Here is the next one:
Dec 03 20:00:06 master-2 crio[4]: another
  with its second line`;

  test('is nobody’s, up to the next line of a program', () => {
    expect(writers(pasted)).toEqual(['sshd', '(-)', '(-)', '(-)', '(-)', '(-)', 'crio', 'crio']);
  });

  test('is so wherever the log is cut', () => {
    for (let size = 1; size < 12; size++) expect([size, writers(pasted, size)]).toEqual([size, writers(pasted)]);
  });

  test.each([
    ['Hi team,', '(-)'],
    ['Thanks!', '(-)'],
    ['I think the NIC is broken', '(-)'],
    ['Danach kam der Knoten nicht wieder.', '(-)'],
    // What programs write behind a blank line.
    ['goroutine 1 [running]:', 'sshd'],
    ['Stack trace of thread 4242:', 'sshd'],
    ['During handling of the above exception, another exception occurred:', 'sshd'],
    ['#0  0x00007f2 raise (libc.so.6 + 0x4)', 'sshd'],
    ['  Indented by journalctl as it was', 'sshd'],
    ['main.main()', 'sshd'],
    ['RAX: 0000000000000000 RBX: ffff', 'sshd'],
    ['Modules linked in: mlx5_core', 'sshd'],
    ['Traceback (most recent call last):', 'sshd'],
  ])('%s', (line, expected) => {
    expect(writers(`${LOG}\n\n${line}`)).toEqual(['sshd', expected]);
  });

  test('needs a blank line before it', () => {
    expect(writers(`${LOG}\nAfter that the node did not come back.`)).toEqual(['sshd', 'sshd']);
  });

  test('is not looked for where messages start in the first column', () => {
    const zap = '2024-12-03T20:00:00.123Z\tERROR\tx\ty.go:266\tReconciler error';
    expect(writers(`${zap}\n\nAfter that the node did not come back.`, 1000, 'zap-console')).toEqual(['-', '-']);
  });
});
