-- People who log on, what they look up, and what is forgotten.

-- Who did what, when and why. Rows are only ever added; age alone takes them away (store/audit.ts).
create table audit (
  id               bigint generated always as identity primary key,
  at               timestamptz not null,
  organisation_cvr text not null,
  tenant           uuid,
  actor_kind       text not null check (actor_kind in ('person', 'program', 'gateway')),
  -- object id, client id
  actor            text not null,
  -- as people know the actor: a mail address, a client id
  actor_name       text not null,
  mailbox          text,
  action           text not null,
  -- whom it is about: a keyed hash to find it by, and the number sealed (store/secret-keys.ts)
  subject_hash     bytea,
  subject_sealed   bytea,
  purpose          text,
  outcome          text not null,
  -- what it was done to, e.g. "s123"
  reference        text
);
create index audit_of_organisation on audit (organisation_cvr, id);
create index audit_of_subject on audit (subject_hash, id) where subject_hash is not null;
create index audit_of_actor on audit (actor, at);
create index audit_age on audit (at);

create function audit_is_append_only() returns trigger language plpgsql as $$
begin
  if tg_op = 'DELETE' and current_setting('postbro.audit_retention', true) = 'on' then return old; end if;
  raise exception 'the audit is append-only';
end
$$;
create trigger audit_append_only before update or delete on audit for each row execute function audit_is_append_only();
create trigger audit_no_truncate before truncate on audit for each statement execute function audit_is_append_only();

-- Answers of registers, by keyed hash and sealed. Unlogged: a crash forgets them, and they are asked for again.
create unlogged table register_answer (
  key        bytea primary key,
  sealed     bytea not null,
  expires_at timestamptz not null
);
create index register_answer_age on register_answer (expires_at);

-- Secure mailboxes as the Exchange group has them; the last list that came whole stays.
create table found_mailbox (
  organisation_cvr text not null,
  address          text not null,
  name             text,
  -- other addresses of the same mailbox
  aliases          text[] not null default '{}',
  found_at         timestamptz not null,
  -- left the group; null while it is a member
  gone_at          timestamptz,
  primary key (organisation_cvr, address)
);
create table mailbox_search (
  organisation_cvr text primary key,
  tried_at         timestamptz not null,
  succeeded_at     timestamptz,
  error            text,
  -- in a row
  failures         integer not null default 0
);

-- What has been told, so that it is told once: a certificate's warning, an alarm of the day.
create table alarm (
  key       text primary key,
  raised_at timestamptz not null
);
create index alarm_age on alarm (raised_at);

-- How far an organisation has come in a guide.
create table guide_step (
  organisation_cvr text not null,
  guide            text not null,
  step             text not null,
  done_at          timestamptz not null,
  done_by          text not null,
  primary key (organisation_cvr, guide, step)
);

-- SHA-256 of a message as it was handed over by itself: what a proof writes again must have the same. Messages in containers
-- have none.
alter table delivery add column message_sha256 bytea;

-- The mail, its letter and files are gone by age; who got it when, and its checksums, stay a while longer.
alter table submission add column content_deleted_at timestamptz;
create index submission_content_age on submission (received_at, id) where content_deleted_at is null;
create index submission_age on submission (received_at, id) where content_deleted_at is not null;
create index receipt_age on receipt (received_at);
create index notice_age on notice (created_at) where submission_id is null;

-- Mails whose letters to single recipients are still to be deleted, up to which position they are: a mass send has a million.
create table own_letters_left (
  submission_id bigint primary key,
  done_up_to    integer not null default -1
);

-- How many messages a mail has and how they ended, so that nobody counts the rows of a mass send to show a list, and the
-- last transaction that changed what is shown of it: what is told live is found by it (store/sent-changes.ts).
alter table submission
  add column deliveries integer not null default 0,
  add column failed_deliveries integer not null default 0,
  add column stopped_deliveries integer not null default 0,
  add column changed_in xid8;
alter table submission alter column changed_in set default pg_current_xact_id();
update submission s set deliveries = d.all_of_them, failed_deliveries = d.failed, stopped_deliveries = d.stopped
from (select submission_id, count(*) as all_of_them, count(*) filter (where status in ('refused', 'expired', 'parked')) as failed,
        count(*) filter (where status = 'stopped') as stopped
      from delivery group by submission_id) d
where d.submission_id = s.id;
create function submission_has_changed() returns trigger language plpgsql as $$
begin
  new.changed_in := pg_current_xact_id();
  return new;
end
$$;
create trigger submission_changed before update on submission for each row
  when (new.from_mailbox is not null
        and (old.state, old.organisation_cvr, old.from_mailbox, old.open_deliveries, old.failed_deliveries, old.stopped_deliveries,
             old.release_at, old.approval, old.stopped_at)
            is distinct from
            (new.state, new.organisation_cvr, new.from_mailbox, new.open_deliveries, new.failed_deliveries, new.stopped_deliveries,
             new.release_at, new.approval, new.stopped_at))
  execute function submission_has_changed();
create index submission_changes on submission (changed_in) where from_mailbox is not null;
create index submission_of_mailbox on submission (organisation_cvr, from_mailbox, id) where from_mailbox is not null;
create index submission_failed_of_mailbox on submission (organisation_cvr, from_mailbox, id)
  where from_mailbox is not null and (failed_deliveries > 0 or state in ('refused', 'parked'));
create index submission_open_of_mailbox on submission (organisation_cvr, from_mailbox, id)
  where from_mailbox is not null and (open_deliveries > 0 or state in ('accepted', 'converting'));
-- The same for those who see all mailboxes.
create index submission_failed_of_organisation on submission (organisation_cvr, id)
  where from_mailbox is not null and (failed_deliveries > 0 or state in ('refused', 'parked'));
create index submission_open_of_organisation on submission (organisation_cvr, id)
  where from_mailbox is not null and (open_deliveries > 0 or state in ('accepted', 'converting'));
-- What somebody has written.
create index submission_of_author on submission (organisation_cvr, lower(written_by), id)
  where written_by is not null and from_mailbox is not null;
create index receipt_of_delivery on receipt (delivery_id) where delivery_id is not null;

-- Keys stand in a file (SECRET_KEYS_FILE) and never here.
drop table shared_key;
