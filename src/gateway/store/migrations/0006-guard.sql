-- Mail Guard: outsiders to whom the writer of one draft has said yes.
create table guard_approval (
  id               bigint generated always as identity primary key,
  organisation_cvr text not null,
  mailbox          text not null,
  -- the add-in's own id of the draft
  draft            text not null,
  -- in the spelling in which addresses are compared
  addresses        text[] not null,
  approved_by      text not null,
  created_at       timestamptz not null,
  expires_at       timestamptz not null,
  withdrawn_at     timestamptz,
  -- the one mail that was sent with it: sha256 of mailbox, Message-ID and content
  used_by          bytea,
  used_at          timestamptz
);
create index guard_approval_draft on guard_approval (organisation_cvr, mailbox, draft);
create index guard_approval_age on guard_approval (expires_at);
