-- An archive is complete, and taken for verified, once as many bytes have arrived as it has.
delete from artifact where size <= 0;
alter table artifact add constraint artifact_has_bytes check (size > 0);
