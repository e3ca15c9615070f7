import { anyOf } from './any-of.ts';

// What letters say of CPR numbers. Those with capitals in them are tried on the text as it is, the others in lower case.

/** "Ansøger: Hans Nielsen, 120365-1234" is said of the recipient, whatever the letter is about. */
export const claimed = anyOf(
  String.raw`(?:sagen|afgørelsen|bevillingen|tilladelsen|kontrakten|brevet) (?:gælder|vedrører|omfatter)(?: for)?:? [^\n]{3,60}$`,
  String.raw`(?:^|\n)(?:(?:ansøger|modtager|betaler|kunde|debitor)|[^\n:]{0,60}(?:^|[^\p{L}])(?:du|dig|i|jer) (?:[^\n:]{0,40} )?som(?: [^\n:]{2,30})?) ?: ?[^\n]{3,60}$`,
  String.raw`(?:^|\n)(?:partshøring|indkaldelse) af [^\n]{3,60}$`,
  String.raw`(?:^|\n|[.!?] )(?:tilmelding|henvisning|bevilling|bestilling|ansøgning|kontrakt|aftale|licens|reservation)(?:en)?: [^\n]{3,60}$`,
);

/** Whom a letter is about, who is the recipient where it is about nobody else: "Borger: Hans Nielsen, 120365-1234". */
export const concerned = /(?:^|\n)(?:borger|patient|klient|skyldner|navn|vedr\.?|vedrørende|angår|(?:[^\n:]{0,20} )?til) ?: ?[^\n]{3,60}(?:\n(?:cpr|person)[^\n]{0,20})?$/u;

/** "Sagen vedrører Hans Nielsen, " below a list. */
export const claimedLine = /\n(?:sagen|afgørelsen|brevet) (?:gælder|vedrører|omfatter) [^\n]{3,60}$/u;

/** "Hans Nielsen (…) søger om, at du bliver værge", "… ikke har betalt". */
export const othersAfter = anyOf(
  String.raw`^\)? (?:søger|ønsker) om,? at (?:du|I)(?!\p{L})`,
  String.raw`^\)? har bedt om,? at `,
  String.raw`^\)?,? (?:flyttede|er flyttet|flytter) ind(?!\p{L})`,
  String.raw`^\)?,? har (?:an)?meldt flytning`,
  String.raw`^\)?,? skal betale \p{L}*bidrag`,
  String.raw`^\)?,? har siden [^.\n]{4,90}(?:din|jeres) adresse`,
  String.raw`^\)?,? har oplyst, at du(?!\p{L})`,
  String.raw`^, (?:havde|døde|er død|afgik)(?!\p{L})`,
  String.raw`^, ikke har betalt`,
);

/** "Dit cpr-nummer er …", "… for dig, Nancy Berggren, cpr-nr. …". */
export const ownNumber = anyOf(
  String.raw`(?:^|\n)modtagers (?:cpr|person)[\p{L}. -]{0,16}:? ?\n?(?:[^\n]{4,24}\n){0,3}$`,
  String.raw`(?:registreret|journaliseret|oprettet) på dig \((?:cpr|person)[\p{L}. -]{0,16}[ :]*$`,
  String.raw`\((?:dig|du)(?: selv)?\),? (?:(?:cpr|person)[\p{L}. -]{0,12})?[ :]*$`,
  String.raw`(?:^|[.\n] ?)(?:husk at )?(?:skrive?|angive?|oplyse?|bruge?) $`,
  String.raw`(?:^|[^\p{L}])(?:dit|deres|your|jeres) (?:eget )?(?:cpr|person)(?:[^.\n]{0,30}|[\p{L}. -]{0,16}[ :]*\n)$`,
  String.raw`(?:^|[^\p{L}])(?:til|for) (?:dig|dem)(?:,(?! (?:fordi|da|når|at|hvis|om|der)(?!\p{L}))[^,.\n]{2,60},)?[^.,\n]{0,20} (?:cpr|person)[\p{L}. -]{0,16}$`,
);

/** "Hendes personnummer er …"; Hans with a capital may be somebody's name. */
export const othersNumber = /(?:^|[^\p{L}])(?:hans|[Hh]endes|[Vv]edkommendes|[Bb]arnets|[Aa]fdødes|[Bb]ørnenes|his|[Hh]er) (?:[Cc]pr|CPR|[Pp]erson)[\p{L}. -]{0,16}(?: er)?[ :]*\n?$/u;

/** Said to an employer, a lawyer, a landlord. */
export const theirOwn = /(?:^|[^\p{L}])jeres (?:\p{L}+ )?(?:medarbejder|ansatte|lærling|praktikant|klient|kunde|patient|beboer)/u;

/** Two people marry. */
export const ofCouple = /(?:^|[^\p{L}])(?:(?:[Jj]eres|[Yy]our) (?:vielse|bryllup|ægteskab|wedding|marriage)|[Vv]ielsen|(?:[Ii] (?:bliver|kan blive|er) |[Bb]liver I )viet|[Pp]røvelsesattest)/u;

/** Somebody else is meant, by what is said of the number in its sentence. */
export const ofAnother = anyOf(
  String.raw`(?:pasning|pleje) af `,
  String.raw`gælder også (?:for )?`,
  String.raw`kontaktperson for `,
  String.raw`bidrag\p{L}* betales af `,
  String.raw`(?:^|[^\p{L}])forsørge[lr]?`,
  String.raw`\p{Ll}s død(?:sfald)?(?!\p{L})`,
  String.raw`indkomsten (?:for|fra|hos) `,
  String.raw`oplysninger om,? at [^]{3,90} bor (?:på|hos)`,
);
