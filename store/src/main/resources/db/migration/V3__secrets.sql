-- Each value is sealed with a key of its own, which is sealed with the master key of the installation, named by key_id.
create table secret (
    name         text collate "C" primary key,
    key_id       text        not null,
    sealed_key   bytea       not null,
    sealed_value bytea       not null,
    created_at   timestamptz not null default now(),
    changed_at   timestamptz not null default now()
);
