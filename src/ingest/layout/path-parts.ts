/** Directory and file names of a path inside the input; what is inside a nested archive follows on its name. */
export function segmentsOf(path: string): string[] {
  return path.split(/!?\//);
}

/** The file's name without compression and copy suffixes: `1.log.20231102-061208.gz#2` is `1.log.20231102-061208`. */
export function plainName(name: string): string {
  return name.replace(/#\d+$/, '').replace(/\.(?:gz|xz|zst|bz2)$/, '');
}

/** The file's name without `.yaml`, `.yml` or `.json`; undefined for any other file. */
export function objectName(file: string): string | undefined {
  const match = /^(.+)\.(?:ya?ml|json)$/.exec(plainName(file));
  return match?.[1];
}

/** The unit that `kubelet_service.log`, `kubelet.service` or `kubelet.log` is about. */
export function unitOf(name: string): string {
  return plainName(name)
    .replace(/\.(?:log|txt|logs)$/, '')
    .replace(/[._]service$/, '');
}
