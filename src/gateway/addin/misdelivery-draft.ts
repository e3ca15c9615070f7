/** What is known of a message that went to somebody else than it was meant for. */
export interface Misdelivery {
  readonly mail: {
    readonly id: number; readonly subject: string; readonly organisationCvr: string; readonly fromMailbox: string;
    readonly writtenBy: string | null; readonly receivedAt: Date;
  };
  readonly organisation: string;
  readonly madeAt: Date;
  /** In the order of the mail. */
  readonly recipients: readonly MisdeliveredTo[];
  /** Files beside the letter; null where the content was deleted by age. */
  readonly files: readonly string[] | null;
}

export interface MisdeliveredTo {
  readonly position: number;
  /** The recipient's number in full, or the address of ordinary mail. */
  readonly recipient: string;
  /** By the name that people see: "Digital Post". */
  readonly channel: string;
  readonly messageUuid: string | null;
  readonly handedOverAt: Date | null;
  readonly deliveredAt: Date | null;
  /** Whether the recipient has it, as far as the gateway knows. */
  readonly arrived: 'yes' | 'unknown' | 'no';
}

/**
 * A draft for whoever must act on a message that went to the wrong one: what is known, a request to the recipient's mail
 * system, and what a notification of the breach must hold (GDPR article 33(3), 33(5) and 34). What the gateway cannot know
 * stands as "[udfyldes]". CPR numbers stand in full, as in the proof beside it.
 */
export function misdeliveryDraft(misdelivery: Misdelivery): string {
  const { mail, organisation, madeAt, recipients, files } = misdelivery;
  const reached = recipients.filter(({ arrived }) => arrived !== 'no');
  return `UDKAST: BESKED SENDT TIL EN FORKERT MODTAGER

Lavet ${time(madeAt)} ud fra gatewayens oplysninger. Det er et udkast: Læs det, ret det, og udfyld det, der står i [ ].
Teksten indeholder personoplysninger, også CPR-numre. Pas på den som på selve brevet.

HVAD HASTER
1. Kontakt jeres databeskyttelsesrådgiver nu.
2. Bed modtagersystemet om at gøre beskeden ulæselig for modtageren (afsnit 2). e-Boks gør det kun, når afsenderen selv
   beder om det og dokumenterer fejlen. Dokumentationen er beviset, som dette udkast ligger i.
3. Skal bruddet anmeldes, skal det ske uden unødig forsinkelse og om muligt senest 72 timer efter, at I blev klar over det
   (databeskyttelsesforordningens artikel 33, stk. 1). I blev klar over det: [dato og klokkeslæt]. Der anmeldes på virk.dk.

1. DET VED GATEWAYEN
Forsendelse:      s${String(mail.id)}${mail.subject === '' ? '' : `, »${mail.subject}«`}
Afsender:         ${organisation}, CVR ${mail.organisationCvr}
Sendt fra:        ${mail.fromMailbox}${mail.writtenBy === null ? '' : `, skrevet af ${mail.writtenBy}`}
Taget imod:       ${time(mail.receivedAt)}
Filer ved brevet: ${filesText(files)}
Modtagere:        ${String(recipients.length)}, heraf ${String(reached.length)}, der har fået eller kan have fået den

${recipients.map(recipientText).join('\n')}

2. UDKAST TIL ANMODNING TIL MODTAGERSYSTEMET
${reached.length === 0 ? 'Beskeden er ikke leveret til nogen, så der er ingen at bede.' : requestText(misdelivery, reached)}

3. UDKAST TIL ANMELDELSE (artikel 33, stk. 3)
a) Hvad der er sket: Den ${time(mail.receivedAt)} blev en besked sendt til ${reached.length === 1 ? 'en forkert modtager' : `${String(reached.length)} modtagere, hvoraf [antal] var forkerte`}. Årsag: [udfyldes].
   Hvem oplysningerne handler om, og hvor mange: [udfyldes]. Slags oplysninger (fx CPR-nummer, helbred, økonomi): [udfyldes].
b) Kontakt: [databeskyttelsesrådgiverens navn, telefon og mail].
c) Sandsynlige følger for dem, oplysningerne handler om: [udfyldes].
d) Hvad I har gjort og vil gøre: [fx anmodning sendt kl. …, modtageren bedt om at slette, arbejdsgang ændret].

4. SKAL DE BERØRTE UNDERRETTES? (artikel 34)
Ja, hvis bruddet sandsynligvis medfører en høj risiko for dem. Vurdering: [udfyldes].

5. JERES EGEN FORTEGNELSE (artikel 33, stk. 5)
Også et brud, der ikke anmeldes, skrives i fortegnelsen med følger og hvad der er gjort: [journalnummer].
`;
}

function requestText({ mail, organisation }: Misdelivery, reached: readonly MisdeliveredTo[]): string {
  const messages = reached.map(({ channel, messageUuid, recipient, handedOverAt }) =>
    `   ${channel}, besked-id ${messageUuid ?? '(intet)'}, modtager ${recipient}, afleveret ${handedOverAt === null ? '(uvist)' : time(handedOverAt)}`);
  return `${organisation} (CVR ${mail.organisationCvr}) har ved en fejl sendt nedenstående til en forkert modtager. Vi beder jer gøre det ulæseligt
for modtageren og oplyse, om det er åbnet og hvornår. Dokumentation vedlægges: bevis underskrevet med vores certifikat.
${messages.join('\n')}
[Slet de linjer, hvor modtageren er den rette.] [Navn, stilling, telefon]`;
}

function recipientText({ position, recipient, channel, messageUuid, deliveredAt, handedOverAt, arrived }: MisdeliveredTo): string {
  const at = deliveredAt ?? handedOverAt;
  const course = arrived === 'yes' && at !== null ? `${deliveredAt === null ? 'afleveret' : 'leveret'} ${time(at)}` : ARRIVALS[arrived];
  return `  ${String(position)}. ${recipient}, ${channel}, ${course}${messageUuid === null ? '' : `, besked-id ${messageUuid}`}`;
}

const ARRIVALS: Readonly<Record<MisdeliveredTo['arrived'], string>> = {
  yes: 'afleveret', unknown: 'forsøgt afleveret, uden at vi ved, om den kom frem', no: 'ikke leveret',
};

function filesText(files: readonly string[] | null): string {
  if (files === null) return 'slettet på grund af alder';
  return files.length === 0 ? 'ingen' : files.map((name) => `»${name}«`).join(', ');
}

const DANISH_TIME = new Intl.DateTimeFormat('da-DK', { timeZone: 'Europe/Copenhagen', dateStyle: 'long', timeStyle: 'short' });

function time(moment: Date): string {
  return DANISH_TIME.format(moment);
}
