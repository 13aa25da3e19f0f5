/**
 * What brings the schema from one version to the next, in order. One that has been released is never changed: a further
 * one follows it.
 */
export const MIGRATIONS: readonly string[] = [
  `
  create table incidents (
    id text collate "C" primary key,
    digest text not null,
    name text not null,
    catalogue text not null,
    at text collate "C" not null,
    version text,
    minor text,
    platform text,
    cluster text,
    status text not null,
    onset_to_gather_ms bigint,
    signatures text[] not null,
    components text[] not null,
    unexplained text[] not null,
    anomalies text[] not null,
    features text[] not null,
    -- json keeps the order of keys, jsonb does not
    summary json not null,
    document json not null,
    words tsvector not null
  );
  create index on incidents (at desc, id);
  create index on incidents using gin (signatures);
  create index on incidents using gin (components);
  create index on incidents using gin (features);
  create index on incidents using gin (words);

  -- gzip: reports are most of an archive, and only get() reads them
  create table reports (
    incident text collate "C" primary key references incidents on delete cascade,
    report bytea not null
  );
  alter table reports alter column report set storage external;

  create table causes (
    incident text collate "C" not null references incidents on delete cascade,
    position integer not null,
    signature text not null,
    title text not null,
    primary key (incident, position)
  );
  create index on causes (signature);

  create table early_signs (
    incident text collate "C" not null references incidents on delete cascade,
    signature text not null,
    lead_ms bigint not null,
    primary key (incident, signature)
  );

  create table notes (
    number bigint generated always as identity primary key,
    incident text collate "C" not null references incidents on delete cascade,
    note json not null
  );
  create index on notes (incident);

  create table failures (
    id text collate "C" primary key,
    digest text not null,
    failure json not null
  );
  `,
];
