-- What is declared for GitOps: providers, repositories, clusters and webhooks.
create table gitops_resource (
    kind       text collate "C" not null,
    name       text collate "C" not null,
    spec       json             not null,
    generation bigint           not null default 1,
    created_at timestamptz      not null default now(),
    changed_at timestamptz      not null default now(),
    primary key (kind, name)
);

-- Only releases are deployed by a strategy.
alter table deployment
    add column kind text not null default 'release',
    alter column release_name drop not null,
    alter column release_version drop not null,
    alter column concurrency drop not null,
    alter column strategy drop not null,
    alter column on_failure drop not null,
    alter column force drop not null,
    alter column targets drop not null,
    add constraint deployment_of_release check (kind <> 'release' or (release_name is not null and release_version is not null and concurrency is not null
        and strategy is not null and on_failure is not null and force is not null and targets is not null));

create table gitops_deployment (
    deployment    text collate "C" primary key references deployment on delete cascade,
    chart         text not null,
    version       text not null,
    digest        text collate "C" not null,
    job           json not null,
    -- What was declared when the deployment was accepted.
    plan          json not null,
    iac_commit    text,
    -- What webhooks find it by.
    reconciler           text generated always as (plan #>> '{ground,reconciler}') stored,
    cluster              text generated always as (plan #>> '{ground,cluster}') stored,
    reconciled_namespace text generated always as (plan #>> '{ground,namespace}') stored,
    reconciled_name      text generated always as (plan #>> '{ground,releaseName}') stored,
    iac_repository       text generated always as (plan #>> '{repository,name}') stored,
    iac_branch           text generated always as (plan #>> '{repository,branch}') stored
);
create index gitops_deployed on deployment (environment, ended_at) where status = 'deployed';

alter table event add column commit text;

-- Tokens of CI jobs, each of which is taken once.
create table used_token (
    id         text collate "C" primary key,
    expires_at timestamptz not null
);
create index used_token_by_expiry on used_token (expires_at);
