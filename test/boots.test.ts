import { describe, expect, it } from 'vitest';
import { bootsOf } from '../src/boots.ts';
import type { PlaceTime } from '../src/model/facts.ts';
import { formatTime } from '../src/model/time.ts';
import { readLog } from './ingest/lines/read-log.ts';

const place: PlaceTime = (_source, _host, stamp) => (stamp.clock === 'absolute' ? stamp.micros : undefined);

/** Host, span, ending and last line of each boot. */
function told(...logs: readonly (readonly [path: string, text: string, unit?: string])[]): string[] {
  const summaries = logs.map(
    ([path, text, unit]) =>
      readLog(text, { source: { path, kind: 'journal', ...(unit !== undefined && { unit }) } }).summary,
  );
  return bootsOf(summaries, place).map(({ host, from, to, ending, last }) =>
    [
      host,
      from === undefined ? '?' : formatTime(from).slice(11, 19),
      to === undefined ? '?' : formatTime(to).slice(11, 19),
      ending ?? 'goes on',
      last?.line,
      last?.text.slice(35),
    ].join(' | '),
  );
}

const at = (time: string, rest: string): string => `2024-12-03T${time}.000000+0000 m0 ${rest}\n`;
const START = 'kernel: Linux version 5.14.0-427.el9.x86_64 (builder) #1 SMP';
const WORK = 'kubenswrapper[2511]: I1203 20:00:00.000001 2511 kubelet.go:1] "SyncLoop ADD"';

describe('boots', () => {
  it('that ended by a shutdown', () => {
    const text =
      at('10:00:00', START) +
      at('10:00:09', WORK) +
      at('10:05:00', 'systemd-logind[900]: System is rebooting.') +
      at('10:05:01', 'systemd-journald[700]: Journal stopped') +
      at('10:06:00', START) +
      at('10:06:30', WORK);
    expect(told(['a.log', text])).toEqual([
      'm0 | 10:00:00 | 10:05:01 | clean | 4 | systemd-journald[700]: Journal stopped',
      `m0 | 10:06:00 | 10:06:30 | goes on | 6 | ${WORK}`,
    ]);
  });

  it('that broke off, with what came last', () => {
    const text = at('10:00:00', START) + at('10:00:09', WORK) + at('10:06:00', START) + at('10:06:30', WORK);
    expect(told(['a.log', text])[0]).toBe(`m0 | 10:00:00 | 10:00:09 | unknown | 2 | ${WORK}`);
  });

  it.each([
    ['kernel: Kernel panic - not syncing: Fatal exception in interrupt', 'panic'],
    ['kernel: Kernel panic - not syncing: Hard LOCKUP', 'watchdog'],
    ['kernel: watchdog: BUG: soft lockup - CPU#3 stuck for 26s! [ovs-vswitchd:1101]', 'watchdog'],
  ])('that ended in: %s', (line, ending) => {
    const text = `${at('10:00:00', START) + at('10:00:09', line)}-- Reboot --\n${at('10:06:00', START)}`;
    expect(told(['a.log', text])[0]).toBe(`m0 | 10:00:00 | 10:00:09 | ${ending} | 2 | ${line}`);
  });

  it('of a log that goes over many regions', () => {
    const many = Array.from({ length: 9000 }, (_, n) => at('10:00:01', `${WORK} ${n}`)).join('');
    const text = at('10:00:00', START) + many + at('10:06:00', START) + at('10:06:30', WORK);
    expect(told(['a.log', text])[0]).toBe(`m0 | 10:00:00 | 10:00:01 | unknown | 9001 | ${WORK} 8999`);
  });

  it('are not said to have broken off by the log of a single unit', () => {
    const text = `${at('10:00:00', WORK)}-- Reboot --\n${at('10:06:00', WORK)}`;
    const ends = told(['kubelet.log', text, 'kubelet']);
    expect(ends.join()).not.toContain('unknown');
  });

  it('that two logs of one host show are put together', () => {
    const first = at('10:00:00', START) + at('10:00:09', WORK);
    const longer =
      at('10:00:00', START) + at('10:03:00', 'kernel: Kernel panic - not syncing: sysrq') + at('10:06:00', START);
    expect(told(['a.log', first], ['b.log', longer])).toEqual([
      'm0 | 10:00:00 | 10:03:00 | panic | 2 | kernel: Kernel panic - not syncing: sysrq',
      `m0 | 10:06:00 | 10:06:00 | goes on | 3 | ${START}`,
    ]);
  });
});
