/** A letter as Outlook writes it. Every paragraph of each one differs, so that nothing set before helps. */
export function letterHtml(number: number): string {
  const paragraph = (text: string) => `<p class="MsoNormal" style="font-size:11.0pt;font-family:Calibri,sans-serif">${text} (${number})</p>`;
  return `<html><head><meta charset="utf-8"><title>Pladsanvisning</title><style>p.MsoNormal, li.MsoNormal
  {margin:0cm; margin-bottom:8.0pt; font-size:11.0pt; font-family:"Calibri",sans-serif} @page WordSection1 {size:595.3pt 841.9pt}</style></head><body lang="DA">${[
    `Kære forælder nr. ${number}`,
    'Vi har glæden at tilbyde dit barn en plads i <b>Børnehaven Solsikken</b>, Søndergade 12, fra den 1. januar 2027.',
    'Du skal svare senest den 12. december 2026. Svar direkte på dette brev, så når svaret os, eller brug <a href="https://kommune.example/plads">selvbetjeningen</a>.',
    'Taksten er 2.145 kr. om måneden. Har du spørgsmål, er du velkommen til at ringe på 12 34 56 78 mellem kl. 9 og 14.',
  ].map(paragraph).join('')}<ul><li>Medbring sundhedskort ${number}</li><li>Udfyld samtykke ${number} til fotografering</li><li>Aftal indkøring ${number}</li></ul>
  ${paragraph('Med venlig hilsen')}${paragraph('Pladsanvisningen<br>Eksempel Kommune')}</body></html>`;
}
