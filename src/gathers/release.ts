/** What the nodes of a release report of themselves. */
export interface Release {
  /** `4.18` */
  readonly minor: string;
  readonly kubelet: string;
  readonly runtime: string;
  readonly kernel: string;
  readonly os: string;
}

const RELEASES: Readonly<Record<string, Omit<Release, 'minor'>>> = {
  '4.12': {
    kubelet: 'v1.25.16+9946c63',
    runtime: 'cri-o://1.25.5-10.1.rhaos4.12.git6005903.el8',
    kernel: '4.18.0-372.96.1.el8_6.x86_64',
    os: 'Red Hat Enterprise Linux CoreOS 412.86.202403280709-0 (Ootpa)',
  },
  '4.13': {
    kubelet: 'v1.26.13+8f85140',
    runtime: 'cri-o://1.26.5-7.rhaos4.13.git692ef91.el9',
    kernel: '5.14.0-284.52.1.el9_2.x86_64',
    os: 'Red Hat Enterprise Linux CoreOS 413.92.202402131523-0 (Plow)',
  },
  '4.14': {
    kubelet: 'v1.27.16+03a907c',
    runtime: 'cri-o://1.27.8-6.rhaos4.14.git8ea9dd2.el9',
    kernel: '5.14.0-284.79.1.el9_2.x86_64',
    os: 'Red Hat Enterprise Linux CoreOS 414.92.202408281442-0 (Plow)',
  },
  '4.15': {
    kubelet: 'v1.28.12+396c881',
    runtime: 'cri-o://1.28.9-5.rhaos4.15.git674563e.el9',
    kernel: '5.14.0-284.80.1.el9_2.x86_64',
    os: 'Red Hat Enterprise Linux CoreOS 415.92.202408310237-0 (Plow)',
  },
  '4.16': {
    kubelet: 'v1.29.8+f10c92d',
    runtime: 'cri-o://1.29.9-4.rhaos4.16.git86c8f53.el9',
    kernel: '5.14.0-427.40.1.el9_4.x86_64',
    os: 'Red Hat Enterprise Linux CoreOS 416.94.202410211619-0',
  },
  '4.17': {
    kubelet: 'v1.30.7',
    runtime: 'cri-o://1.30.8-3.rhaos4.17.git2d2d8d3.el9',
    kernel: '5.14.0-427.47.1.el9_4.x86_64',
    os: 'Red Hat Enterprise Linux CoreOS 417.94.202412040832-0',
  },
  '4.18': {
    kubelet: 'v1.31.8',
    runtime: 'cri-o://1.31.8-2.rhaos4.18.gitfa71e15.el9',
    kernel: '5.14.0-427.66.1.el9_4.x86_64',
    os: 'Red Hat Enterprise Linux CoreOS 418.94.202505072346-0',
  },
  '4.19': {
    kubelet: 'v1.32.5',
    runtime: 'cri-o://1.32.5-2.rhaos4.19.git8a4a7c3.el9',
    kernel: '5.14.0-570.23.1.el9_6.x86_64',
    os: 'Red Hat Enterprise Linux CoreOS 9.6.20250701-0',
  },
};

export function releaseOf(version: string): Release {
  const [minor] = /^\d+\.\d+/.exec(version) ?? [version];
  const found = RELEASES[minor];
  if (found === undefined) throw new RangeError(`no release ${version}; there are ${Object.keys(RELEASES).join(', ')}`);
  return { minor, ...found };
}

/** Whether a version such as `4.13.40` is older than a minor release such as `4.14`. */
export function olderThan(version: string, minor: string): boolean {
  const [major, second] = version.split('.').map(Number);
  const [otherMajor, otherSecond] = minor.split('.').map(Number);
  return major! < otherMajor! || (major === otherMajor && second! < otherSecond!);
}
