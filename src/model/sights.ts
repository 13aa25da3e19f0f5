/** Where signatures could look, and where not; by their ids. What is found nowhere says nothing of where nobody looked. */
export interface Sights {
  /** Of signatures that look at nothing but what hosts write of themselves: the nodes of which there were such logs. */
  readonly hosts: ReadonlyMap<string, ReadonlySet<string>>;
  /** Nodes on which containers run that a signature looks at and of which no log was gathered. */
  readonly blind: ReadonlyMap<string, ReadonlySet<string>>;
}
