import { foldedWord } from './person-name.ts';

/** True for a word that is in use as a first name in Denmark. Knows the common ones; no answer is no proof. */
export function isFirstName(word: string): boolean {
  return known.has(foldedWord(word.split('-', 1)[0] ?? ''));
}

// As `foldedWord` writes them, by which spelling variants (Christian and Kristian, Aase and Åse) are one.
const known: ReadonlySet<string> = new Set((
  'abdi abdirahman abdulahi abdulkadir abe adam adnan adrian age agnes agnete agnieska agron ahmad ahmed ahmet aia aian aihan aise aisha aksel alan alba albert alberte aleks '
  + 'aleksander aleksandra alfred ali alike alma alva alvin amal amali amanda amina amir amira amra an ana anders andrea andreas andrei andri andrsei ane anelise anemari anete '
  + 'angunguak ani ania aniali anil anita anker anton aputsiak arben arif ariun arnak arne artur arvid asad asbiorn ase asger asha aske asta astrid august augusta aviaia barbara '
  + 'bardur beata bela benedikte beni beniamin bent bente bergur berit berivan bernhard berta bertil besim beti betina biarke biarne biarta bilal biork biorn birger birgit birgite '
  + 'birte biten bo bodil bohdan boie borge brian brit brita bruno bulent burak dagmar dagni dan dani danial daniel daniela dario david denis depak deria diana diego dilan dimitar '
  + 'dina dino dite ditlev dmitro dorit dorte dortea dragan drita eba ebe edi edin edit edvard egil egle egon eidun eigil eik einar eivind ela elen elena eli elias elif elin elinor '
  + 'eliot elisa elisabet elise elna elsa else elvira ema emi emil emili emilia emina emine emre erdem erik erika erland erling erna ernst esben eskild esme esra ester eva evald '
  + 'evelin faduma fadumo farah farid fatima fatma fatmir feliks filip filipa fin fiona fleming florian florin folmer frank frankesko frans frede frederik frederike fredi freia '
  + 'frida frits frode gabriel georg georgi gerda gerner gert gertrud gheorghe gite giulia goran gorm gregers grete gri grsegors gudrun guled gunar gunhild gunver gustav gustava '
  + 'hakan hakon halfdan halima halina hamid hamsa hana hanah hanan hane hanibal hans hanus harald hari hasan hatike hedvig heidi heine heinrik hele helen helena helene helga helge '
  + 'hendrik heni hening henri henriete henrik herdis herluf herman hialmar hibo hilda hiordis hodan hogni holger holi hugo husain husein iak iakob iakub iamal iames ian iane iani '
  + 'ianik ianis ianus iasar iasin iasir iasmin iasmina ib iben ibrahim ida idris iean ieane ieanete ief ielena ieni ienifer iens iepe ies iesika iesper iete ifrah igor ilhan ilse '
  + 'ilva im imi imran ina inga inge ingeborg ingelise inger ingolf ingrid ingvar inuk io ioakim ioan ioana ioao iogvan iohan iohana iohane iohanes iohn iohni ion iona ionas ionatan '
  + 'iorgen iorn iose iosef iosefine iousef irena irene irina iris irma irsa isa isabel isabela isak ismail ite iuan iudit iuli iulia iuliane iulius iune iurgita iusra iusuf iuta '
  + 'ivalu ivan ivar iver ivone kai kaia kale kama kamal kamila kamile karen kari karim karin karina karl karla karlo karlos karlote karoline karsten kasper katarsina kate katia '
  + 'katrine kavita kekili keld keleste kelina kenet keni kent kerstin keti kevin khadia khaled kield kim kira kirsa kirsten kirstine klara klaus knud koni konrad kresten kris '
  + 'krista kristel kristen kristian kristina kristine kristofer krsistof ksenia kunuk kurt laila lakshmi larke lars lase lau lauge laura laurits lea leif leila lena lenart lene leo '
  + 'leon leonora liam liban lidia like lili lilian lina linda line linea linh linus lis lisa lisbet lise lisete lisi liv liva loke lone lote loui louis louise ludvig luis luka '
  + 'lukas lukia luna mads magda magdalena magne magnus mahad mahmoud mai maia maibrit maiken maks maksim malan male malene malgorsata malik malou malte mandi mantas maren margit '
  + 'margot margrete margriet mari maria mariam mariane marika marina mario marion mariun marius mark markin marko markus marlene marta martin martine mateo mateus matias matilde '
  + 'mehdi mehmet melani melisa mena merete merle meta mete mi mia miguel mihai mikal mikala mikel mikele mikola milan milas mile milo milos mina mingus minh minik minte mira miriam '
  + 'mirsa mogens mohamad mohamed mohamud mona monika morten muhamad muhamed muna murat mustafa nadia naia nana nanki naser nasrin natali natalia natasha neli nermin nete ngok '
  + 'nguien niels nikita niklas nikola nikolai nikole nikoline nils nina nivi niviak noah nol nor nora nour nuka nukapiak oksana ola olaf ole oleksandr oleksandra olena olga oline '
  + 'oliver olivia oluf omar orhan orian orla oskar osman osten osvald oto ove pablo pale pamela panerak paninguak parisa patrik patrikia patur paul paula paulina pauline pavel '
  + 'peder pedro pele per perle pernile peter petia petra petrea pia piere pieter pil piotr pipaluk poli poul preben pria radu ragna ragnhild rahim raian randi rania ranva rasmus '
  + 'rebeka regitse rene resa ri rigmor rikard rike rita robert robin roger rohan roida rolf ronald roni ronia rosa rose rosita rudolf rune rut sabine sabrina safia saga sagal sahra '
  + 'said sainab sali salik salma sam samir samira samuel sander sandra sane sara sebastian selam selin selma senad senia sergei serhi serkan sevgi shirin sia siad sidsel signe '
  + 'sigrid sigurd silas silie silke silvester silvia simon simone sinan sine sisel siv smila snesana sofi sofia sofus sohra solrun solvei solveig somkai songul soni sonia soren '
  + 'sorine stanislav stefan stefani stefen stela sten stig stine storm sune sunil sunita suniva suresh susan susana susane susi sven svend svetlana svitlana tage tanh tania taras '
  + 'tarek tarik tatiana tea teis tena teo teodor terese tesfai tetiana tige tilde tim tina tine tira tobias tom tomas tomi toni tor tora torben tord tore torkild torsten torvald '
  + 'tove trine tristan trols trondur tuan tue turid ubah ufe uiarnek ula ulf ulrik ulrike ursula uve vagn valborg valdemar valid valon valter vanda vera verner veronika viai vibe '
  + 'vibeke viga vigo viktor viktoria vilads vile vilhelm vili viliam vilma vilum vini viola vita vitautas vivi vivian vladimir voikiek volfgang volodimir'
).split(' '));
