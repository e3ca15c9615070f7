-- The road of a mail: submission (one accepted mail) -> delivery (one message to one recipient) -> notice (mail back).
-- Rows that wait are the queue. Times that decide when something is due come from the program's clock; leases from the
-- database's own, so that machines with different clocks agree.

create table worker (
  id      uuid primary key,
  seen_at timestamptz not null
);

-- Bytes: raw mails, attachments, letters. In pieces of about 1 MiB, stored uncompressed, so that nothing holds a whole one.
create sequence blob_id;
create table blob_chunk (
  blob_id bigint not null,
  seq     integer not null,
  data    bytea not null,
  primary key (blob_id, seq)
);
alter table blob_chunk alter column data set storage external;

-- Bytes that are still arriving; a row left behind by a cut connection or a killed process marks what may be removed.
create table upload (
  blob_id    bigint primary key default nextval('blob_id'),
  created_at timestamptz not null default now()
);

create table submission (
  id              bigint generated always as identity primary key,
  received_at     timestamptz not null,
  mail_from       text not null,
  recipients      text[] not null,
  peer_cvr        text,
  raw_blob        bigint not null,
  raw_bytes       bigint not null,
  state           text not null default 'accepted'
                  check (state in ('accepted', 'converting', 'expanded', 'refused', 'skipped', 'parked')),
  due_at          timestamptz not null,
  attempts        integer not null default 0,
  worker          uuid,
  -- known from here on when the mail has been read
  organisation_cvr text,
  from_mailbox    text,
  message_id      text,
  subject         text,
  letter          jsonb,
  problems        jsonb,
  open_deliveries integer not null default 0,
  receipt_pending boolean not null default false,
  late_sent_at    timestamptz
);
create index submission_waiting on submission (due_at) where state = 'accepted';
create index submission_held on submission (worker) where state = 'converting';
create index submission_unfinished on submission (received_at) where state = 'expanded' and open_deliveries > 0;

-- Which mail has been taken for which recipient: sha256 of sender, Message-ID, content and recipient.
create table handover (
  key      bytea primary key,
  taken_at timestamptz not null
);
create index handover_age on handover (taken_at);

create table delivery (
  id              bigint generated always as identity primary key,
  submission_id   bigint not null references submission,
  position        integer not null,
  channel         text not null,
  address         text not null,
  named_in_header boolean not null,
  organisation_cvr text not null,
  -- one message at a time for each recipient of Digital Post, in the order of hand-over; null for ordinary mail
  recipient_key   text,
  message_uuid    uuid unique,
  status          text not null default 'waiting'
                  check (status in ('waiting', 'sending', 'unknown', 'handed-over', 'completed', 'refused', 'expired', 'parked')),
  bulk            boolean not null,
  due_at          timestamptz not null,
  attempts        integer not null default 0,
  worker          uuid,
  handed_over_at  timestamptz,
  settled_at      timestamptz,
  error_code      text,
  error_message   text,
  unique (submission_id, position)
);
create index delivery_due on delivery (channel, bulk, due_at) where status in ('waiting', 'unknown');
create index delivery_order on delivery (channel, recipient_key, id) where status in ('waiting', 'sending', 'unknown');
create index delivery_held on delivery (worker) where status = 'sending';

-- Business receipts as they came, also those that match nothing.
create table receipt (
  id            bigint generated always as identity primary key,
  channel       text not null,
  message_uuid  uuid,
  transmission_id text,
  status        text not null,
  error_code    text,
  error_message text,
  received_at   timestamptz not null,
  delivery_id   bigint
);

create table notice (
  id              bigint generated always as identity primary key,
  kind            text not null,
  organisation_cvr text not null,
  submission_id   bigint references submission,
  recipient       text not null,
  detail          jsonb,
  state           text not null default 'waiting' check (state in ('waiting', 'sending', 'sent', 'refused')),
  created_at      timestamptz not null,
  due_at          timestamptz not null,
  attempts        integer not null default 0,
  worker          uuid,
  error_message   text
);
create index notice_due on notice (due_at) where state = 'waiting';
create index notice_held on notice (worker) where state = 'sending';
