-- Mass sends have turns of their own among the mails that wait to be read. By the address alone (formats.md): nothing is opened here.
create function is_mass_send(recipients text[]) returns boolean language sql immutable parallel safe
  as $$ select exists (select from unnest(recipients) recipient where lower(recipient) like 'masseforsendelse-%') $$;
create index submission_waiting_mass on submission (due_at, id) where state = 'accepted' and is_mass_send(recipients);
