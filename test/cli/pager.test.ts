import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { exceeds, page, pagerOf } from '../../src/cli/pager.ts';
import { runCli } from '../support/run-cli.ts';

describe('the pager', () => {
  it('is less, or what PAGER says', () => {
    expect(pagerOf({})).toBe('less');
    expect(pagerOf({ PAGER: 'more -d' })).toBe('more -d');
    for (const none of [{ PAGER: '' }, { PAGER: ' ' }, { PAGER: 'cat' }, { TERM: 'dumb' }])
      expect(pagerOf(none)).toBeUndefined();
  });

  it('shows only what is longer than the screen', () => {
    expect(exceeds('a\n'.repeat(23), 24)).toBe(false);
    expect(exceeds('a\n'.repeat(24), 24)).toBe(true);
    expect(exceeds('a\n'.repeat(30), undefined)).toBe(true);
  });

  it('is given the text, and says when it could not be started', async () => {
    const file = join(mkdtempSync(join(tmpdir(), 'inquest-cli-')), 'shown');
    expect(await page('the text\n', `cat > '${file}'`, process.env)).toBe(true);
    expect(readFileSync(file, 'utf8')).toBe('the text\n');
    expect(await page('the text\n', 'no-such-pager-anywhere 2>/dev/null', process.env)).toBe(false);
  });

  it('is left before the end without a fault', async () => {
    expect(await page('line\n'.repeat(500_000), 'head -n 1 > /dev/null', process.env)).toBe(true);
  });

  it('never shows what is piped', () => {
    const { status, stdout, stderr } = runCli(
      ['report', '--from', 'sample-gathers/vip-outside-machine-network/expected.json'],
      { env: { PAGER: 'echo paged; false' } },
    );
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    expect(stdout).toMatch(/^FAILED/);
    expect(stdout).not.toMatch(/paged|\u001b/);
  });
});
