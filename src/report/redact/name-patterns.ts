/** Where texts of a cluster name hosts, domains and users. Every pattern is linear: log text is hostile. */

const HOST = '[A-Za-z0-9][A-Za-z0-9.-]{0,252}';

/** `ip-10-0-195-177`, as clouds name hosts. */
export const DASHED_ADDRESS = /^ip-\d{1,3}-\d{1,3}-\d{1,3}-\d{1,3}$/i;

const HOSTS = [
  // `Dec 03 18:31:30.195 master-1 kubenswrapper[681220]: `
  new RegExp(
    `^(?:[A-Z][a-z]{2} [ \\d]\\d \\d\\d:\\d\\d:\\d\\d(?:\\.\\d{1,9})?|\\d{4}-\\d\\d-\\d\\dT[\\d:.,+Z-]{8,30}) (${HOST}) [\\w@./:-]{1,128}(?:\\[\\d{1,10}\\])?: `,
    'g',
  ),
  // Static pods carry the name of their node, in paths and in messages.
  new RegExp(
    `(?:openshift-(?:etcd|kube-(?:apiserver|controller-manager|scheduler))|openshift-(?:kni|vsphere|openstack|nutanix|ovirt|cloud-platform)-infra)/(?:core/)?(?:pods/)?(?:etcd|etcd-guard|(?:openshift-)?kube-(?:apiserver|controller-manager|scheduler)(?:-guard)?|installer-\\d{1,5}(?:-retry-\\d{1,3})?|revision-pruner-\\d{1,5}|keepalived|haproxy|coredns)-(${HOST}?)(?:\\.yaml|\\.log)?(?![A-Za-z0-9.-])`,
    'g',
  ),
  // Journals of one node each, as the storage operator's gather lays them out.
  new RegExp(`/(?:journal|kernel)_(${HOST}?)(?:/|\\.gz|\\.log|$)`, 'g'),
  new RegExp(`\\bnode(?:Name)?[=:] ?\\\\?"(${HOST})\\\\?"`, 'g'),
  new RegExp(`\\bhostname=\\\\?"?(${HOST})`, 'gi'),
];

const DOMAINS = [
  new RegExp(`\\b(?:api|api-int)\\.(${HOST})`, 'g'),
  new RegExp(`\\.apps\\.(${HOST})`, 'g'),
  new RegExp(`\\b[a-z][a-z+]{1,10}://(?:[^\\s/@"']{1,256}@)?(?:[A-Za-z0-9-]{1,63}\\.)(${HOST})`, 'g'),
  new RegExp(`\\blookup (?:[A-Za-z0-9_-]{1,63}\\.)(${HOST})`, 'g'),
];

const USERS = [
  /\b[Uu]ser \\*"([\w.+@-]{1,128})\\*"/g,
  /\b(?:user(?:name)?|acct|ruser|logname)=\\*"?([\w.+@-]{1,128})/gi,
  /"(?:user|username)\\*":\s?\\*"([\w.+@-]{1,128})\\*"/g,
  /\/(?:home|Users)\/([\w.-]{1,64})/g,
  /\bsession (?:opened|closed) for user ([\w.@-]{1,64})/g,
  /\b(?:Accepted|Failed) [\w/-]{1,32} for (?:invalid user )?([\w.@-]{1,64}) from/g,
  /\bInvalid user ([\w.@-]{1,64}) from/g,
  /\bsudo(?:\[\d{1,10}\])?:\s{1,16}([\w.@-]{1,64}) : /g,
];

export function hostsIn(text: string): string[] {
  return found(text, HOSTS).map((host) => host.replace(/[.-]+$/, ''));
}

/** Names without dots are hosts or services. */
export function domainsIn(text: string): string[] {
  return found(text, DOMAINS)
    .map((domain) => domain.replace(/[.-]+$/, ''))
    .filter((domain) => domain.includes('.'));
}

export function usersIn(text: string): string[] {
  return found(text, USERS);
}

function found(text: string, patterns: readonly RegExp[]): string[] {
  return patterns.flatMap((pattern) => [...text.matchAll(pattern)].map((match) => match[1]!));
}
