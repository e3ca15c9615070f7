/** Words by which letters tell who somebody is. All are tried on a text in lower case. */

const wholeWord = (words: string) => new RegExp(String.raw`(?:^|[^\p{L}])(?:${words})(?![\p{L}])`, 'u');

/** A child of the recipient, or of somebody whose letter this is. */
export const childWords = wholeWord(
  '(?:pleje|sted|fæste)?barn(?:et)?s?|(?:pleje|sted)?børn(?:ene)?s?|søns?|sønnens?|sønners?|datters?|datterens?|døtres?|barnebarns?|børnebørns?|stedsøn|steddatter|spædbarns?'
    + '|(?:børne|unge|forsørger)-?(?:tillæg|tilskud|bidrag|ydelse|penge)\\p{L}* (?:til|for)|tvilling\\p{L}*|elev(?:en)?s?|eleverne|drengs?|drengens?|piges?|pigens?|baby(?:en)?s?|unges?|sons?|daughters?|child(?:ren)?(?:\'?s)?',
);

/** "Holm & Sønner", in lower case. */
export const ofFirm = /(?:&|og) søn(?:ner)?(?: |$)/g;

/** A parent of the recipient. */
export const parentWords = wholeWord(
  'mors?|moderens?|fars?|faderens?|forældres?|forælders?|bedste(?:mor|far|forældre)s?|sviger(?:mor|far|forældre)s?|sted(?:mor|far)s?|pleje(?:mor|far)s?|mothers?|fathers?|parents?',
);

/** Somebody else whom a letter rightly tells about. */
export const otherPersonWords = wholeWord(
  'ægtefælle\\p{L}*|(?:den|der) (?:plejes|passes)|gift med|viet|vies|skilt fra|separeret|bo(?:r|et)? sammen|sammen med|flytter|(?:med|ind|fra|til)flytte\\p{L}*|(?:far|mor|forælder|forældre) til|mands?|manden?s|kones?|konens?|hustrus?|samlever\\p{L}*|samboende\\p{L}*|samliv\\p{L}*|samlevende\\p{L}*|ægteskabslignende|enlig(?: \\p{L}+)? i forhold til|(?:din|jeres|dine) (?:lejere?|logerende|beboere?|klient|bruger|arvelader)|partner(?:en)?s?|kærestes?|fraskilte|brors?|broderens?|søsters?|søsterens?|søskendes?|værge\\p{L}*|flyttet ind|hos dig|(?:til|på) din adresse|er død|afgået ved døden|anden (?:voksen|forælder|forældremyndighedsindehaver)\\p{L}*|partsrepræsentant\\p{L}*'
    + '|fuldmagt\\p{L}*|du repræsenterer|fuldmægtig\\p{L}*|på vegne af|pårørende\\p{L}*|afdødes?|begravelseshjælp efter|dødsbo\\p{L}*|boet|boets|arving\\p{L}*|bisidder\\p{L}*|med-?(?:ansøger|ejer|lån|debitor|skyldner|lejer|kontrahent|hæft|hjælper|beboer|indehaver|underskriver|forælder)\\p{L}*'
    + '|husstand\\p{L}*|bofælle\\p{L}*|familiemedlem\\p{L}*|onkel|tante|moster|faster|morbror|farbror|kusine|fætter|nevø|niece|svoger|svigerinde|svigersøn|svigerdatter'
    + '|slægtning\\p{L}*|nærtstående|relatives?|læseadgang\\p{L}*|samvær\\p{L}*|bopælsforælder\\p{L}*|spouses?|husbands?|wife|cohabitant|guardian\\p{L}*|on behalf of|siblings?|brothers?|sisters?',
);

/** Somebody who has to do with the recipient's case; a paper of theirs is no paper of the recipient's. */
export const otherPartyWords = wholeWord(
  'fremleje\\p{L}*|udlejer\\p{L}*|nabo\\p{L}*|genbo\\p{L}*|sælger\\p{L}*|køber\\p{L}*|vidne\\p{L}*|kaution\\p{L}*|sikkerhed|hæfter|modpart\\p{L}*|ledsager\\p{L}*|bidrags(?:betaler|pligtig)\\p{L}*|nye? (?:beboere?|lejere?)|fører\\p{L}*|chauffør\\p{L}*'
    + '|medarbejder\\p{L}*|ansattes?|lønmodtager\\p{L}*|lærling\\p{L}*|praktikant\\p{L}*|fleksjobber\\p{L}*|employees?',
);

/** Somebody who is named because of the work they do. */
const staff =
  '\\p{L}*(?:behandler|rådgiver|konsulent|vejleder|leder|chef|direktør|lærer|pædagog|læge|plejerske|terapeut|psykolog|advokat|sekretær|assistent|medarbejder|ingeniør|arkitekt'
  + '|jurist|inspektør|mester|formand|dommer|præst|træner|instruktør|koordinator|planlægger|hjælper|visitator|fuldmægtig|betjent|bekæmper|håndværker|murer|snedker|kunstner|gartner|politiker|fabrikant|forsker|(?<!logi)vært|værtinde|skriver|foged'
  + '|arbejder|plejer|psykiater|tekniker|triker|kaniker|lytiker|optiker|mægler|ansvarlig|frivillig|sagkyndig|førende|medlem|suppleant|rådmand|borgmester|minister|bibliotekar|journalist|specialist|receptionist|organist|diætist|laborant|revisor|kontrollør|montør|portør|entreprenør'
  + '|redaktør|kordegn|provst|rektor|professor|lektor|docent|pedel|kok|vagt|jordemoder|logopæd|audiolog|biolog|økonom|antropolog|kiropraktor|radiograf|bedemand|landmand|skovfoged|fejer|(?<!kort|be)holder|underviser|censor|eksaminator|ordstyrer|referent|dirigent|talsmand'
  + '|talsperson|vikar|afløser|stedfortræder|forgænger|efterfølger|kollegaen|kasserer|repræsentant|officer|manager|adviser|advisor|doctor|worker|teacher|nurse|consultant|director|secretary|interpreter|landlord|principal|coordinator|lawyer|psychologist)(?:en|n|et|e)?s?'
  + '|tolk(?:en)?|mentor(?:en)?|støtteperson(?:en)?|kontaktperson(?:en)?|bobestyrer(?:en)?|kurator|kollega|dr\\.?|doktor|forfatter(?:en)?|fotograf(?:en)?|kunstner(?:en)?|foredrag\\p{L}*|koncert(?:en)?|forestilling(?:en)?|udstilling(?:en)?';

/** A trade, as it stands before a name as a title. */
export const isTrade = new RegExp(String.raw`^(?:${staff})$`, 'u');

/** A trade before a name: "sagsbehandler Mette Holm", "Din læge er Anne Friis". */
export const staffBefore = new RegExp(String.raw`(?:^|[^\p{L}])(?:${staff})(?: (?:for|i|af|på|hos|ved|fra|til) [^.,:;\n]{2,40}(?=[,:]| er ))?(?:\s?[,:(-])?(?: (?:er|hedder|nu|fremover|is))?\s?$`, 'u');

/** A trade after a name, or where somebody can be reached: "Mette Holm, socialrådgiver", "Mette Holm (tlf. 12345678)". */
export const staffAfter = new RegExp(
  String.raw`^(?:\s?[,(/-]\s?|\s(?!(?:din|your) ))(?:som er |er |is |bliver )?(?:(?:din|jeres|vores|vor|en|ny|the|your|our) (?:\p{L}+ )?)?(?:${staff}|tlf|telefon|direkte|mail|e-mail|@)(?![\p{L}]| ?:)`,
  'u',
);

/** Whom one is told to turn to, or has met: "kontakt Mette Holm", "samtale med Mette Holm", "v/ Mette Holm". */
export const metBefore =
  /(?:^|[^\p{L}])(?:v\/|(?:kontakte?r?|ringe? til|skrive? til|henvend\p{L}*(?: dig| jer)?(?: til)?|spørge?(?: efter)?|hos|ved|med|cc|hilsen|hilsner|mvh|underskrevet af|behandlet af|besøg af|svar fra|besked fra|mail fra|brev fra|contact|with):?\s|(?:hedder|kaldes) )$/u;

/** Leave to read somebody's post; "du kan give andre læseadgang" under a letter is an offer. */
export const readAccess = String.raw`(?<!\bgive? (?:\p{L}+ ){1,4})[Ll]æseadgang`;

/** Letters that are about somebody else than the one who gets them. */
export const aboutOther =
  new RegExp(String.raw`(?:^|[^\p{L}])(?:(?:[Dd]in|[Jj]eres|[Dd]eres|[Yy]our) (?:\p{L}+ )?(?:mors?(?! (?:eller|og\/eller) )|fars?(?! eller )|bror|søster|mother|father|relative|slægtning)(?!\p{L})|${readAccess}|[Mm]istet din|[Kk]ondoler\p{L}*|bortgang|[Vv]ærge(?:mål\p{L}*)? for|[Pp]årørende til|som pårørende|[Kk]ære pårørende|[Dd]ødsbo|[Aa]fdøde|[Ee]fterlevende|[Bb]isættelse|[Bb]egravelse|[Dd]ødsfald|\p{Lu}\p{Ll}+ er død|[Gg]ravsted|[Uu]rne|[Bb]oet efter|hjælp efter (?:\p{Lu}|din)|på vegne af \p{Lu}|[Ff]uldmagt (?:fra|for|til at handle for) (?:\p{Lu}|din)|[Ss]om\s(?:\p{L}+ )?(?:værge|fuldmægtig|partsrepræsentant|pårørende)(?!\p{L})|[Nn]aboorientering|[Nn]abohøring(?!en)|naboer til|nabo til|[Oo]n behalf of \p{Lu}|[Dd]u repræsenterer \p{Lu})`, 'u');

/** A school or a daycare by its name: with a child's number beside it, the letter is about the child. */
export const childrensHouse = /\p{Lu}\p{L}+(?:skolen|skole|børnehave|børnehus)(?!\p{L})/u;

/** Letters about children: to whom they go is seldom whom they name. Words with capitals are names of houses. */
export const aboutChild = new RegExp(
  String.raw`(?:^|[^\p{L}])(?:(?:[Dd]it|[Jj]eres|[Dd]ine|[Dd]eres|[Yy]our) (?:\p{L}+ )?(?:barns?|børns?|child\p{L}*)|(?:[Dd]in|[Jj]eres|[Dd]eres|[Yy]our) (?:\p{L}+ )?(?:søns?|datters?|son|daughter)|[Bb]arnets?`
    + String.raw`|\p{L}*[Bb]ørne(?:have|hus|gård)\p{L}*|[Vv]uggestue\p{L}*|[Dd]agpleje\p{L}*|dagtilbud\p{L}*|[Bb]ørnefaglig\p{L}*|buskort\p{L}*|skole(?:n|ns|sekretær\p{L}*|bus\p{L}*|start|gang|indskrivning|skift|fravær|elev|elever|plads|klasse|leder|hjem|året|år)?|SFO(?:'?en)?|fritidshjem\p{L}*|\d\. klasse|[Ee]lev(?:en|er|erne|ens)?`
    + String.raw`|[Ff]orældre\p{L}*|[Ff]orælder|[Tt]andplej(?:e|en|er|eren)|[Tt]andklinik\p{L}*|[Tt]andregulering\p{L}*|PPR|klasselærer\p{L}*|[Ss]kolekørsel\p{L}*|kørsel mellem hjemmet|specialklasse\p{L}*|specialundervisning\p{L}*|[Bb]ørn under \d\d år|[Ff]ritids\p{L}*|[Ss]tøttepædagog\p{L}*|til børn|[Bb]ørn og unge?|[Bb]ørne- og|[Ss]undhedsplejerske\p{L}*|samvær\p{L}*|pladsanvisning\p{L}*|pasning(?:en|s\p{L}*)?|plejefamilie\p{L}*|spædbarn\p{L}*|[Nn]avngivning\p{L}*|talepædagog\p{L}*|[Ll]ogopæd\p{L}*|[Ff]ødegang\p{L}*|[Nn]yfødt\p{L}*|musikskole\p{L}*|ungdomsskole\p{L}*|[Ss]chool|kindergarten|pupil)(?![\p{L}])`,
  'u',
);

/** What names a company, an authority, a house or a street, wherever it stands among words with capitals. */
export const notPerson =
  /^(?:a\/s|aps|i\/s|k\/s|p\/s|ivs|amba|s\/i|hus|huset|hjem|skole|center|centret|fond|fonden|legat|hotel|restaurant|pizzeria|café|cafe|klub|hal|teater|museum|bibliotek|forening|selskab|firma|sankt|sct|st|kong|dronning|prins|prinsesse|kronprins|hospital|sygehus|klinik|apotek|lægerne|gymnasium|højskole|kollegium|team|projekt|group|holding|invest|byg|vvs|biler|transport|entreprise|ejendomme|revision|advokater|danmark|denmark|bank|forsikring|pension|zone|sfo|city)$|(?:skolen?|skoler|universet|huset|hjemmet|centret|centeret|center|haven|børnehave|stuen|gymnasiet|hospitalet|sygehuset|klinikken|apoteket|kirken|kollegiet|forening(?:en)?|selskab(?:et)?|forretningen|firmaet|forlaget|fonden|teatret|museet|biblioteket|banken|kassen|hallen|klubben|institut\p{L}*|universitet\p{L}*|mester|firma|butikken|værkstedet|service|servicen|styrelsen|ministeriet|nævnet|retten|politiet|ankestyrelsen|udvalget|rådet|afdelingen?|enheden?|forvaltningen?|plejen|bureauet|akademiet|eriet|auto|salonen|kiosken|laug|laugs?|lauget)$/u;

/** An authority: its words part the names around them, and are none. */
export const authority =
  /^(?:(?:regions)?kommunes?|regions?|jobcentere?t?|borgerservice|ydelsescenter|rådhuset?|teknik|miljø|social\p{L}*|sundhed\p{L}*|omsorg|beskæftigelse\p{L}*|opkrævning\p{L}*|økonomi|løn|visitation\p{L}*|familie\p{L}*|dagtilbud|kultur|fritid|plan|myndighed\p{L}*|sekretariat\p{L}*|administration\p{L}*|byggesag\p{L}*|ældre|handicap|psykiatri|parkering|trafik|natur|affald|forsyning|udbetaling|\p{L}+(?:tilsynet|styrelsen|nævnet|ministeriet|domstolen|retten)|ungeenhed\p{L}*|sygedagpenge\p{L}*|kontanthjælp|integration\p{L}*|børn|unge|integrationsteam|direktionen|staben?)$/u;

/** Words that have a capital for where they stand, and are no names. */
export const isPlainWord = (word: string) => plainWords.has(word.toLowerCase().replace(/\.$/, '')) || /^\p{L}{3,}(?:nr|nummer|navn)\.?$/u.test(word);

const plainWords = new Set(
  ('address adresse af afgørelse afsender alle alt ang angående ansøger ansøgning antal april at att bcc bedste beløb besked best betalingsfrist bevilling bilag borger '
    + 'borger.dk borgeren brev case cc cpr cpr-nr cpr-nummer cvr cvr-nr dansk date dato de dear december den der deres derfor desuden det digital din dine dit du e-mail '
    + 'efter eller email emne en enhed er et faktura februar for forfaldsdato fra fredag frist fødselsdato født goddag har hej hejsa hello her hermed herunder herved hi '
    + 'hilsen hilsner hos personnummer hvis i ifølge indkaldelse j.nr januar jeg jeres jf journalnr juli juni kan kind kontonr kopi kvittering kære lørdag mail mandag marts med mitid '
    + 'mobil modtager moms mvh må møde name navn nem-id nemkonto notat november når og også oktober om onsdag oplysninger periode phone plads post postnr pris på paa re ref '
    + 'referat reference regarding regards regning regnr sag sagen sags sagsbehandler sagsnr sagsnummer samtale september side sincerely skal sats slut som start status svar '
    + 'søndag tak telefon telefonnummer the til tirsdag titel tlf torsdag total type undertegnede underskrift ved vedr vedrørende vedtaget venlig venlige vi vil vor vores we ydelse you '
    + 'your yours skriv send ring husk medbring betal udfyld læs bestil kontakt').split(' '),
);

/** What is made for somebody: "Afgørelse til …", "bevilget til …". */
export const documentNouns =
  'støtte|hjælp|pension|ydelse|penge|tillæg|kort|bevis|plan|attest|erklæring|afgift|gebyr|regning|opgørelse|bevilling|bevilget|bevilges|tilladelse|afgørelse|indkaldelse|kvittering|faktura|opkrævning'
  + '|rykker|journal|skema|vurdering|udtalelse|udskrift|redegørelse|fremstilling|pas|bekræftelse|påbud|tilbud|visitation|specifikation|seddel|udbetales|udbetaling|tilkendt|tildelt|partshøring|brev|passet|notat|profil|ansøgning';

/** Who applies is a neighbour of the reader, or the other parent: the reader is heard. */
export const othersApplication = /(?:^|[^\p{L}])(?:nabo(?:orientering|høring|ejendom|grund)|som nabo(?!\p{L})|lejlighed til at udtale dig|skel(?:let)? (?:til|mod) din|afgivet (?:høringssvar|bemærkninger|indsigelse)|(?:del i|fælles) forældremyndighed|forældremyndigheden er fælles|som (?:den )?anden foræld)/iu;
