import { foldedWord } from './person-name.ts';

/** True for a word that is in use as a first name in Denmark. Knows the common ones; no answer is no proof. */
export function isFirstName(word: string): boolean {
  known ??= new Set(names.split(' ').map(foldedWord));
  return known.has(foldedWord(word.split('-', 1)[0] ?? ''));
}

let known: ReadonlySet<string> | undefined;

// Spelling variants (Christian and Kristian, Aase and Åse) are one: foldedWord makes them so. In lower case and in the order of the alphabet, which packs small.
const names =
  'abdi abdirahman abdulkadir abdullahi adam adnan adrian agnes agnete agnieszka agron ahmad ahmed ahmet aisha aksel alba albert alberte alex alexander alexandra alfred ali alice '
  + 'allan alma alva alvin amal amalie amanda amina amir amira amra ana anders andrea andreas andrei andrij andrzej ane anette angunnguaq anil anita anja anjali anker ann annelise '
  + 'annemarie anni anton aputsiaq arben arif arjun arnaq arne arthur arvid asbjørn asger asha aske asta astrid august augusta aviaja aya ayhan ayse ayaan azad barbara bárður beata '
  + 'bella benedikte benjamin benny bent bente bergur berit berivan bernhard bertha bertil besim betina betty bilal birger birgit birgitte birte bitten bjarke bjarne bjarta bjørk '
  + 'bjørn bo bodil bohdan boje brian britt britta bruno burak bülent børge camilla carina carl carla carlo carlos caroline carsten casper cathrine cecilie celeste celina charlotte '
  + 'chris christa christel christen christian christina christine christoffer clara claus connie dagmar dagny dan daniel daniela dánjal danny dario david deepak dennis derya diana '
  + 'diego dilan dimitar dina dino ditlev ditte dmytro dorrit dorte dorthea dragan drita ebba ebbe eddie edin edith edvard egil eglė egon eigil eik einar elena elias elif elin elisa '
  + 'elisabeth elise ella ellen ellinor elliot elly elna elsa else elvira emil emilia emilie emina emine emma emmy emre erdem erik erika erland erling erna ernst esben eskild esme '
  + 'esra ester eva evald evelyn eyðun eyvind faduma fadumo farah farid fatima fatma fatmir felix filippa finn fiona flemming florian florin folmer francesco frank frans freddy '
  + 'frede frederik frederikke freja frida fritz frode gabriel georg georgi gerda gerner gert gertrud gheorghe gitte giulia goran gorm gregers grete gry grzegorz gudrun guled '
  + 'gunhild gunnar gunver gustav gustava hakan hakon halfdan halima halyna hamid hamza hanan hanna hannah hanne hannibal hans hanus harald harry hasan hatice hedvig heidi heine '
  + 'heinrich helen helena helene helga helge helle hendrik henning henny henriette henrik henry herdis herluf herman hibo hilda hjalmar hjørdis hodan holger holly hugo hussain '
  + 'hussein høgni ib iben ibrahim ida idris ifrah igor ilhan ilse imran ina inga inge ingeborg ingelise inger ingolf ingrid ingvar inuk ioana irena irene iris irma iryna isa isabel '
  + 'isabella isak ismail ivalu ivan ivar iver jack jakob jakub jamal james jan jane janis jannie jannik janus jasmin jasmina jean jeanette jeanne jeff jelena jennifer jenny jens '
  + 'jeppe jes jesper jessica jette jim jimmy jo joakim joan joao jógvan johan johanna johanne johannes john johnny jon jonas jonatan jonna jose josef josefine juan judith julia '
  + 'juliane julie julius june jurgita jutta jytte jørgen jørn kai kalle kamal kamille kamma karen kári karim karin katarzyna kate katja kavita kaya keld kenneth kenni kent kerstin '
  + 'ketty kevin khadija khaled kim kira kirsa kirsten kirstine kjeld knud konrad kresten krzysztof kunuk kurt laila lakshmi lars lasse lau lauge laura laurits lea leif leila lena '
  + 'lene lennart leo leon leonora liam liban lilian lilly lina linda line linea linh linus lis lisa lisbeth lise lisette lissi liv liva loke lone lotte louie louis louise luca '
  + 'lucia ludvig luis lukas luna lydia lykke lærke mads magda magdalena magne magnus mahad mahmoud mai maibritt maja majken maksim malan malee malene małgorzata malik malou malte '
  + 'mandy mantas marcin maren margit margot margrethe margriet maria mariam marianne marie marika marina mario marion marius marjun mark marko markus marlene marta martin martine '
  + 'mateusz mathias mathilde matteo max meena mehdi mehmet melanie melissa merete merle meta mette mia michala michelle mie miguel mihai mikael mikkel milan milas mille milo milos '
  + 'mingus minh minik minna mira miriam mirza mogens mohamed mohammad mohamud mona monika morten muhammad muhammed muna murat mustafa mykola mynte nadia naja nancy nanna nasrin '
  + 'nasser natalia natalie natasha nelly nermin nete ngoc nguyen nicole niels nikita niklas nikola nikolai nikoline nils nina nivi niviaq noah noel noor nora nour nuka nukappiaq '
  + 'oksana ola olaf ole oleksandr oleksandra olena olga oline oliver olivia oluf omar orhan orla oskar osman osvald otto ove pablo palle pamela paneeraq paninnguaq parisa patricia '
  + 'patrick paul paula paulina pauline pavel peder pedro pelle per perle pernille peter petra petrea petya philip pia pierre pieter pil piotr pipaluk polly poul preben priya pætur '
  + 'radu ragna ragnhild rahim rajan randi rania rannvá rasmus rebekka regitze rene reza richard rie rigmor rikke rita robert robin roger rohan rojda rolf ronald ronja ronni rosa '
  + 'rose rosita rudolf rune ruth sabine sabrina safia saga sagal said salik sally salma sam samir samira samuel sander sandra sanne sara sebastian selam selin selma senad sergei '
  + 'serhii serkan sevgi shirin sia sidsel signe sigrid sigurd silas silje silke simon simone sinan sine sissel siv smilla snezana sofia sofie sofus sólrun solveig solvej somchai '
  + 'songül sonja sonny stanislav steen stefan steffen stella stephanie stig stine storm sune sunil sunita sunniva suresh susan susanna susanne sussi sven svend svetlana svitlana '
  + 'sylvester sylvia søren sørine tage tania taras tarek tariq tatjana teis tenna terese tesfay tetiana thanh thea theo theodor thomas thor thora thorkild thorvald thyge thyra '
  + 'tilde tim tina tine tobias tom tommy tonny torben tord tore torsten tove trine tristan troels tróndur tuan tue turið ubah uffe ujarneq ulf ulla ulrik ulrikke ursula uwe vagn '
  + 'valborg valdemar valon vera verner veronika vibe vibeke victor victoria vigga viggo vijay vilhelm villads ville villum villy vilma viola vita vivi vivian vladimir volodymyr '
  + 'vytautas walid walter wanda william winnie wojciech wolfgang xenia yasar yasin yasir ylva youssef yrsa yusra yusuf yvonne zahra zainab zenia ziad zohra æbbe ørjan østen aage '
  + 'åse';
