-- The name that the mail itself gives a recipient of Digital Post, for whoever wrote it and looks what became of it. Deleted
-- with the mail's content.
alter table delivery add column recipient_name text;
-- Mails of a mailbox of which nobody knows who wrote them.
create index submission_of_unknown_author on submission (organisation_cvr, from_mailbox, id)
  where from_mailbox is not null and written_by is null;
