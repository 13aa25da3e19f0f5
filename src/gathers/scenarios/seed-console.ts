import type { Random } from '../random.ts';

const GREEN = '\x1b[0;32m';
const BOLD = '\x1b[1m';
const PLAIN = '\x1b[0m';

/** How often the console repeats the query, over about four hours and twenty minutes. */
const REPEATS = 2300;
const SPACING = 6.9;

/** The BMC console of master-2: the inspection ramdisk boots, then one port is asked for its module for ever. */
export function seedConsole(random: Random): string {
  const lines: string[] = [
    '\x1b[2J\x1b[01;01H\x1b[=3h\x1b[2J\x1b[01;01H',
    `${BOLD}Booting from Virtual Optical Drive: IPA ramdisk${PLAIN}\r`,
  ];
  const kernel = (seconds: number, text: string) => lines.push(`[${seconds.toFixed(6).padStart(12, ' ')}] ${text}\r`);
  const ok = (text: string) => lines.push(`[${GREEN}  OK  ${PLAIN}] ${text}\r`);
  kernel(
    0,
    'Linux version 5.14.0-427.66.1.el9_4.x86_64 (mockbuild@x86-64-03.build.eng.rdu2.redhat.com) (gcc (GCC) 11.4.1 20231218 (Red Hat 11.4.1-3), GNU ld version 2.35.2-43.el9) #1 SMP PREEMPT_DYNAMIC',
  );
  kernel(
    0,
    'Command line: BOOT_IMAGE=/images/pxeboot/vmlinuz coreos.liveiso=rhcos-418 ignition.firstboot ignition.platform.id=metal ipa-api-url=https://10.46.120.21:6388',
  );
  kernel(0.000013, 'x86/fpu: Supporting XSAVE feature 0x001: x87 floating point registers');
  kernel(0.000026, 'DMI: Dell Inc. PowerEdge R750/0PJ80M, BIOS 1.13.2 12/19/2023');
  kernel(2.118332, 'rtc_cmos 00:01: setting system clock to 2025-12-03T20:12:40 UTC (1764792760)');
  kernel(7.402198, 'mlx5_core 0000:3b:00.0: firmware version: 22.35.1012');
  kernel(7.402671, 'mlx5_core 0000:3b:00.0: 126.016 Gb/s available PCIe bandwidth (8.0 GT/s PCIe x16 link)');
  kernel(8.190734, 'mlx5_core 0000:3b:00.0: Port module event: module 0, Cable plugged');
  kernel(8.551902, 'mlx5_core 0000:3b:00.1: firmware version: 22.35.1012');
  kernel(9.017345, 'mlx5_core 0000:3b:00.0 ens1f0np0: renamed from eth0');
  kernel(9.03122, 'mlx5_core 0000:3b:00.1 ens1f1np1: renamed from eth1');
  ok(`Reached target ${BOLD}Basic System${PLAIN}.`);
  lines.push('         Starting Network Manager...\r');
  ok('Started Network Manager.');
  kernel(21.733018, 'IPv6: ADDRCONF(NETDEV_CHANGE): ens1f0np0: link becomes ready');
  lines.push(
    '[***   ] A start job is running for Wait for network (12s / no limit)\r\x1b[K[ ***  ] A start job is running for Wait for network (13s / no limit)\r\x1b[K',
  );
  ok('Reached target Network is Online.');
  lines.push(
    '\r',
    'Red Hat Enterprise Linux CoreOS 418.94.202505072346-0 (Plow)\r',
    'Kernel 5.14.0-427.66.1.el9_4.x86_64 on an x86_64\r',
    'ens1f0np0: 10.46.120.23 \r',
    '\r',
    'master-2 login: core (automatic login)\r',
    '\r',
  );
  ok('Started Ironic Agent.');
  kernel(
    48.220917,
    'podman[2204]: ironic-agent: INFO ironic_python_agent.inspector [-] Inspection is enabled with collectors: default,logs,numa-topology,extra-hardware',
  );
  queryLoop(random, kernel, lines);
  return `${lines.join('\n')}\n`;
}

function queryLoop(random: Random, kernel: (seconds: number, text: string) => void, lines: string[]): void {
  let pid = 2871;
  let now = 55.118403;
  for (let repeat = 0; repeat < REPEATS; repeat++) {
    kernel(now, `mlx5_core 0000:3b:00.1: mlx5_query_module_id:315:(pid ${pid}): query_mcia_reg failed: status: 0x3`);
    now += SPACING + (random.next() - 0.5) * 3;
    if (repeat % 60 === 59) pid += random.int(1, 9);
    // The BMC's own terminal redraws the prompt now and then, in the middle of the kernel's lines.
    if (repeat % 700 === 699) lines.push(`\x1b[K\rmaster-2 login: ${GREEN}core${PLAIN}\r`);
    if (repeat % 1000 === 999) lines.push('mlx5_query_module_id:315 query_mcia_reg failed: status 0x3\r');
  }
}
