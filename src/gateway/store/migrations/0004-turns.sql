-- Organisations take turns at being read too: each mail domain has its own queue in the index.
create index submission_waiting_of on submission (lower(split_part(mail_from, '@', 2)), due_at, id) where state = 'accepted';
