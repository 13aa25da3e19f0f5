import type { DocumentFamily } from '../../model/facts.ts';

/** A file that holds Kubernetes objects or a document, with all that its path says about it. */
export interface ResourceFile {
  /** Path inside the input, as in `Source.path`. */
  readonly path: string;
  /** Kinds to emit (`Event` among them where events are wanted). Objects of other kinds are read past. */
  readonly kinds: ReadonlySet<string>;
  /** Kinds of which only objects that hold something to read are emitted; see `SPARSE_KINDS`. */
  readonly sparse?: ReadonlySet<string>;
  /** Path family, as in `FileRecord.family`. */
  readonly family: string;
  /** `core`, `config.openshift.io`, … where the path names the group. */
  readonly groupHint?: string;
  /** `pods`, `clusteroperators`, … where the path names the plural. */
  readonly pluralHint?: string;
  readonly namespaceHint?: string;
  readonly nameHint?: string;
  /** The file is no Kubernetes object but this document. */
  readonly documentFamily?: DocumentFamily;
}
