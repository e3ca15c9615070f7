/** What the reader of a proof must know of it. */
export interface ProvenMail {
  readonly mail: { readonly id: number; readonly subject: string; readonly fromMailbox: string; readonly receivedAt: Date };
  readonly recipients: number;
  readonly signer: { readonly subject: string; readonly issuer: string };
  readonly madeAt: Date;
  /** When letter and files were deleted by age; null while they are there. */
  readonly deletedAt: Date | null;
  /** Of some messages it is not known whether they arrived. */
  readonly uncertain: boolean;
  /** Of some messages no checksum was kept when they were handed over. */
  readonly madeAgain: boolean;
  /** There is a draft of what to do about it. */
  readonly misdelivered: boolean;
}

/** The text that goes with a proof: what it is, and how anybody checks it, line by line, without us and without a network. */
export function proofInstructions(proof: ProvenMail): string {
  const { mail, recipients, signer, madeAt, misdelivered } = proof;
  return `BEVIS FOR DIGITAL POST

Forsendelse:   s${mail.id}${mail.subject === '' ? '' : `, »${mail.subject}«`}
Sendt fra:     ${mail.fromMailbox}
Taget imod:    ${mail.receivedAt.toISOString()} (UTC)
Modtagere her: ${recipients}
Beviset er lavet ${madeAt.toISOString()} (UTC) og underskrevet med organisationens certifikat til Digital Post:
  ${signer.subject}
  udstedt af ${signer.issuer}

Beviset indeholder personoplysninger, også CPR-numre. Pas på det som på selve brevet.

HVAD LIGGER HER
${messagesText(proof)}
  kvitteringer/   de forretningskvitteringer, der er kommet, med tidspunkt. COMPLETED: leveret i modtagerens postkasse.
                  Står en modtager uden kvittering, er der ikke kommet nogen.
  forloeb.json    hvad der skete hvornår, for hver modtager, med beskedernes kontroltal (sha256WhenHandedOver: fra afleveringen).
                  Tiderne er gatewayens og i UTC. Status »completed«: leveret. »handed-over«: afleveret, kvittering mangler.
${misdelivered ? `  fejlforsendelse.txt
                  udkast til anmodning til modtagersystemet og til anmeldelse af bruddet. Ret det i en kopi: underskriften
                  gælder udkastet, som det er her.
` : ''}  certifikat.pem  certifikatet, der er underskrevet med, og de udstedere, der hører til.
  SHA256SUMS      kontroltal for alle filer ovenfor og denne tekst.
  SHA256SUMS.sig  underskriften på SHA256SUMS.

SÅDAN TJEKKES DET (uden net; på Linux, macOS eller Windows med Git Bash)
Pak ud, gå ind i mappen, og skriv en linje ad gangen:

1. Er filerne uændrede? Hver linje skal slutte med OK.
   sha256sum -c SHA256SUMS

2. Tag den offentlige nøgle ud af certifikatet.
   openssl x509 -in certifikat.pem -noout -pubkey > noegle.pem

3. Er kontroltallene underskrevet med den? Svaret skal være: Verified OK
   openssl dgst -sha256 -verify noegle.pem -signature SHA256SUMS.sig SHA256SUMS

4. Hvis er certifikatet, hvem har udstedt det, og hvornår gjaldt det?
   openssl x509 -in certifikat.pem -noout -subject -issuer -dates

5. Er certifikatet ægte? Hent rodcertifikatet fra udstederen selv (ikke herfra), gem det som rod.pem, og skriv:
   openssl verify -no_check_time -CAfile rod.pem -untrusted certifikat.pem certifikat.pem

${proof.deletedAt === null ? LOOK_INSIDE : ''}Er bare én byte ændret, siger trin 1 det. Er kontroltallene lavet om, siger trin 3 det.
Underskriften siger, hvem der har lavet beviset, og at det er uændret siden. Tidspunkterne er organisationens egne;
modtagersystemet har sine egne optegnelser, som beskedens id kan slås op i.
`;
}

const LOOK_INSIDE = `6. Se, hvem en besked er til, og hvad der er i den: åbn filen i meddelelser/ i en browser eller teksteditor.

`;

function messagesText({ deletedAt, uncertain, madeAgain }: ProvenMail): string {
  if (deletedAt !== null) {
    return `  (ingen beskeder) brevet og filerne blev slettet ${deletedAt.toISOString()}, da de var blevet for gamle. Hvad der skete, og
                  kontroltallene fra afleveringen, er her stadig: har modtageren beskeden, kan den holdes op mod dem.`;
  }
  return [
    `  meddelelser/    beskederne (MeMo), som de blev afleveret. Navnet er modtagerens plads og beskedens id. Brevet og filerne
                  ligger i dem (base64). En besked, der har sha256WhenHandedOver i forloeb.json, er byte for byte den, der
                  blev afleveret: gatewayen har holdt den op mod kontroltallet fra dengang.`,
    ...(madeAgain ? [
      `                  Beskeder uden det tal gik i en pakke med flere (masseforsendelse) eller blev afbrudt; de er dannet igen
                  af de gemte dele.`,
    ] : []),
    ...(uncertain ? ['  uvist/          beskeder, som vi ikke ved, om kom frem: de blev forsøgt afleveret, men der kom intet svar.'] : []),
  ].join('\n');
}
