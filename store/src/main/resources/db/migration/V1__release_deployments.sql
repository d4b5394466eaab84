-- JSON columns are json, not jsonb: nothing looks into them, and json keeps the order in which things were declared.

-- Who this is, for those who share a Temporal server. One row.
create table installation (
    single boolean primary key default true check (single),
    id     text    not null default gen_random_uuid()::text
);
insert into installation default values;

create table project (
    name       text collate "C" primary key,
    spec       json        not null,
    generation bigint      not null default 1,
    created_at timestamptz not null default now(),
    changed_at timestamptz not null default now()
);
-- A CI job finds its project by the repository that it runs in.
create unique index project_by_repository on project ((spec ->> 'repository')) where spec ->> 'repository' is not null;
insert into project (name, spec) values ('default', '{"name": "default"}');

create table environment (
    -- PROJECT/NAME, and the name alone in the project default.
    id          text collate "C" primary key,
    project     text collate "C" not null references project,
    name        text collate "C" not null,
    concurrency text        not null,
    -- Null for an environment of targets.
    gitops      json,
    generation  bigint      not null,
    created_at  timestamptz not null default now(),
    changed_at  timestamptz not null default now(),
    unique (project, name)
);

create table target (
    environment text collate "C" not null references environment on delete cascade,
    position    int  not null,
    name        text collate "C" not null,
    -- A directory or a container of one node: two targets there would overwrite each other.
    place       text not null unique,
    spec        json  not null,
    primary key (environment, name)
);

create table node (
    name         text collate "C" primary key,
    version      text        not null,
    runtimes     text[]      not null,
    hostname     text        not null,
    last_seen_at timestamptz not null
);

create table release (
    project    text collate "C" not null references project,
    name       text collate "C" not null,
    version    text collate "C" not null,
    components json        not null,
    created_at timestamptz not null default now(),
    primary key (project, name, version)
);

create table deployment (
    id              text collate "C" primary key,
    environment     text collate "C" not null references environment,
    project         text collate "C" not null generated always as
        (case when position('/' in environment) = 0 then 'default' else split_part(environment, '/', 1) end) stored,
    release_name    text collate "C" not null,
    release_version text collate "C" not null,
    concurrency     text        not null,
    strategy        json        not null,
    on_failure      text        not null,
    force           boolean     not null,
    targets         int         not null,
    rollback_of     text collate "C" references deployment,
    status          text        not null,
    waiting         boolean     not null default false,
    -- Of the last event: a code with arguments; words are made for whoever reads.
    message         json        not null,
    -- Who asked for it.
    actor           text        not null,
    error           json,
    error_type      text,
    -- The position of the last event.
    events          int         not null default 0,
    created_at      timestamptz not null default now(),
    started_at      timestamptz,
    ended_at        timestamptz,
    foreign key (project, release_name, release_version) references release
);
-- How the workflow of an accepted deployment is started, until it has begun.
create table outbox (
    deployment text collate "C" primary key references deployment on delete cascade,
    start      json not null
);
create index deployment_by_environment on deployment (environment, id);
create index deployment_by_status on deployment (status, id);
create index deployment_unfinished on deployment (environment, id) where ended_at is null;
create index deployment_completed on deployment (environment, ended_at) where status = 'completed';
create index deployment_by_rollback on deployment (rollback_of) where rollback_of is not null;

create table task (
    deployment      text collate "C" not null references deployment on delete cascade,
    index           int  not null,
    target          text collate "C" not null,
    node            text not null,
    component       text not null,
    digest          text not null,
    -- What was declared when the deployment was accepted.
    spec            json  not null,
    artifact        json  not null,
    status          text not null,
    attempt         int  not null default 0,
    previous_digest text,
    error           json,
    error_type      text,
    started_at      timestamptz,
    ended_at        timestamptz,
    log_lines       int  not null default 0,
    primary key (deployment, index),
    unique (deployment, target)
);

create table event (
    deployment      text collate "C" not null references deployment on delete cascade,
    position        int         not null,
    event_id        text collate "C" not null,
    at              timestamptz not null,
    type            text        not null,
    status          text        not null,
    phase           text        not null,
    waiting         boolean     not null,
    target          text,
    attempt         int,
    previous_digest text,
    error           json,
    error_type      text,
    message         json        not null,
    actor           text        not null,
    primary key (deployment, position),
    unique (deployment, event_id)
);

create table task_log (
    deployment text collate "C" not null references deployment on delete cascade,
    position   bigint      not null,
    target     text collate "C" not null,
    source     text collate "C" not null,
    sequence   bigint      not null,
    at         timestamptz not null,
    stream     text        not null,
    text       text        not null,
    primary key (deployment, position),
    unique (deployment, target, source, sequence)
);
create index task_log_by_target on task_log (deployment, target, position);

create table artifact (
    digest     text collate "C" primary key,
    size       bigint      not null,
    uploaded   bigint      not null default 0,
    touched_at timestamptz not null default now()
);
create index artifact_incomplete on artifact (touched_at) where uploaded < size;

create table artifact_chunk (
    digest text collate "C" not null references artifact on delete cascade,
    start  bigint not null,
    bytes  bytea  not null,
    primary key (digest, start)
);
-- Archives are compressed already.
alter table artifact_chunk alter column bytes set storage external;

create table idempotency (
    caller       text collate "C" not null,
    key          text collate "C" not null,
    request_hash text        not null,
    -- Null only within the transaction that takes the key.
    deployment   text collate "C" references deployment on delete cascade,
    response     text,
    created_at   timestamptz not null default now(),
    primary key (caller, key)
);
create index idempotency_by_age on idempotency (created_at);
