-- News about the product: who gets them by mail. Nothing else is known of whoever signs up.
create table news_subscriber (
  id           bigint generated always as identity primary key,
  -- in the spelling in which addresses are compared
  address      text not null unique,
  consented_at timestamptz not null,
  -- the words that were consented to: language and version
  consent_text text not null
);

-- Notes that were mailed to everybody who had signed up when they were new.
create table news_told (
  note    text primary key,
  told_at timestamptz not null
);

-- Leaving takes all mails to the address along.
create index notice_news on notice (recipient) where kind = 'news';
