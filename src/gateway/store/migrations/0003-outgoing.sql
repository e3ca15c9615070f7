-- All outgoing post: mass sends in containers, one letter each, hold windows, approval, stop, resend, programs.

alter table submission
  add column source text not null default 'smtp' check (source in ('smtp', 'api', 'resend')),
  -- who wrote it: the caseworker behind a shared mailbox, or a program's client id; may never approve it
  add column written_by text,
  add column mass boolean not null default false,
  -- nothing leaves before; null: at once. infinity: not before it is approved
  add column release_at timestamptz,
  -- the time that the sender chose; remembered while an approval is awaited
  add column send_at timestamptz,
  -- hex SHA-256 of the whole mail but its trace headers: list, letter, attachments and sender; what an approver approves
  add column content_sha256 text,
  add column approval text check (approval in ('pending', 'approved', 'rejected')),
  add column approval_by text,
  add column approval_at timestamptz,
  add column stopped_at timestamptz,
  add column stopped_by text,
  -- the mail whose failed recipients this one tries again; once for each mail
  add column resend_of bigint unique references submission,
  add column progress_sent_at timestamptz;

-- Held mails, to find the one that a newer version replaces.
create index submission_held_message on submission (message_id) where release_at is not null;
create index submission_unapproved on submission (received_at) where approval = 'pending';

alter table delivery
  -- the main document of this recipient alone, where each gets a letter of its own
  add column own_main jsonb,
  -- handed over together with others in one file
  add column container uuid;
-- Deliveries are written in the transaction that ends their mail's conversion; looking the mail up for each costs a fifth.
alter table delivery drop constraint delivery_submission_id_fkey;
alter table delivery drop constraint delivery_status_check;
alter table delivery add constraint delivery_status_check check (status in
  ('waiting', 'sending', 'unknown', 'handed-over', 'completed', 'refused', 'expired', 'parked', 'stopped'));

-- What the queue looks at, so that its indexes hold only messages that go by themselves. Those in a container change
-- their status without a change in any index, which makes a mass send several times cheaper (HOT updates).
alter table delivery
  add column queued boolean not null generated always as (container is null and status in ('waiting', 'unknown')) stored,
  add column under_way boolean not null generated always as (container is null and status = 'sending') stored;
alter table delivery set (fillfactor = 45);
drop index delivery_due;
drop index delivery_order;
drop index delivery_held;
-- Organisations take turns: each has its own queue in the index.
create index delivery_due on delivery (channel, bulk, organisation_cvr, due_at, id) where queued;
create index delivery_order on delivery (channel, recipient_key, id) where queued or under_way;
create index delivery_held on delivery (worker) where under_way;
create index delivery_open on delivery (submission_id) where queued or under_way;
create index delivery_container on delivery (container) where container is not null;

-- Messages of one mass send that are handed over in one file. Who is in it is fixed before the first call.
create table container (
  id               uuid primary key,
  submission_id    bigint not null references submission,
  channel          text not null,
  organisation_cvr text not null,
  messages         integer not null,
  status           text not null default 'waiting' check (status in ('waiting', 'sending', 'unknown', 'done')),
  due_at           timestamptz not null,
  attempts         integer not null default 0,
  worker           uuid
);
create index container_due on container (channel, organisation_cvr, due_at) where status in ('waiting', 'unknown');
create index container_held on container (worker) where status = 'sending';
create index container_of on container (submission_id);

-- Receipts that go together in one mail wait as `gathered` for that mail, itself a notice, and end with it.
alter table notice add column digest_id bigint references notice;
alter table notice drop constraint notice_state_check;
alter table notice add constraint notice_state_check check (state in ('waiting', 'sending', 'gathered', 'sent', 'refused'));
create index notice_of on notice (submission_id);
create index notice_digest on notice (digest_id) where digest_id is not null;

-- A program's list of its organisation's mails.
create index submission_of_organisation on submission (organisation_cvr, id);

-- Answers to programs, by the key they chose: the same request again gets the same answer.
create table api_answer (
  client_id   text not null,
  key         text not null,
  body_sha256 bytea not null,
  status      integer,
  answer      jsonb,
  created_at  timestamptz not null,
  primary key (client_id, key)
);
create index api_answer_age on api_answer (created_at);

-- Keys that all gateway processes share; made by the first.
create table shared_key (
  name  text primary key,
  value bytea not null
);
