-- Messages reach a recipient in the order in which their mails were handed over. Mails are read several at a time, so a
-- delivery must see whether an earlier mail to its recipient is still unread.

-- The CPR and CVR numbers that the addresses begin with; other addresses have none.
create function recipient_numbers(recipients text[]) returns text[] language sql immutable as $$
  select coalesce(array_agg(number), '{}')
  from (select substring(recipient from '^"?\s*(\d{10}|\d{8})') as number from unnest(recipients) recipient) found
  where number is not null
$$;

create index submission_unread on submission using gin (recipient_numbers(recipients)) with (fastupdate = off)
  where state in ('accepted', 'converting');
