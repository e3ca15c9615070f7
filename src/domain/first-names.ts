import { foldedWord } from './person-name.ts';

/** True for a word that is in use as a first name in Denmark. Knows the common ones; no answer is no proof. */
export function isFirstName(word: string): boolean {
  known ??= new Set(names.split(' ').map(foldedWord));
  return known.has(foldedWord(word.split('-', 1)[0] ?? ''));
}

let known: ReadonlySet<string> | undefined;

// Spelling variants (Christian and Kristian, Aase and Åse) are one: foldedWord makes them so.
const names =
  'Adam Adrian Agnes Agnete Agnieszka Ahmad Ahmed Aisha Aksel Albert Alberte Alex Alexander Alexandra Alfred Ali Alice Allan Alma Alva Amalie Amanda Amina Amir '
  + 'Amira Ana Anders Andrea Andreas Andrei Andrzej Ane Anette Anita Anja Anker Ann Anna Anne Annelise Annemarie Anni Anton Arne Arthur Arvid Asbjørn Asger Aske '
  + 'Asta Astrid August Augusta Aviaja Ayse Benedikte Benjamin Benny Bent Bente Bernhard Berit Bertha Bertil Betina Betty Bilal Birger Birgit Birgitte Birte Bitten Bjarke Bjarne '
  + 'Bjørk Bjørn Bo Bodil Boje Brian Britt Britta Bruno Børge Camilla Carina Carl Carla Carlo Carlos Caroline Carsten Casper Cathrine Cecilie Celina Charlotte Chris '
  + 'Christa Christel Christen Christian Christina Christine Christoffer Clara Claus Connie Dagmar Dagny Dan Daniel Daniela Danny Dario David Dennis Diana Diego Ditlev Ditte Dmytro '
  + 'Dorrit Dorte Dorthea Ebba Ebbe Eddie Edith Edvard Egil Egon Eigil Eik Einar Elena Elias Elif Elin Elisa Elisabeth Elise Ella Ellen Elliot Elly Elna Elsa Else Elvira '
  + 'Emil Emilia Emilie Emine Emma Emmy Erik Erika Erland Erling Erna Ernst Esben Eskild Esme Ester Eva Evald Evelyn Eyvind Farah Fatima Fatma Felix Filippa Finn Fiona '
  + 'Flemming Florian Folmer Francesco Frank Frans Freddy Frede Frederik Frederikke Freja Frida Fritz Frode Gabriel Georg Gerda Gerner Gert Gertrud Gitte Giulia Gorm Gregers Grete Gry '
  + 'Gudrun Gunhild Gunnar Gunver Gustav Gustava Hakon Halfdan Halima Hamid Hamza Hanna Hanne Hans Harald Harry Hasan Hatice Hedvig Heidi Heine Heinrich Helen Helena Helene Helga Helge Helle Henning Henny Henriette '
  + 'Henrik Henry Herdis Herluf Herman Hilda Hjalmar Hjørdis Holger Hugo Hussain Hussein Ib Ibrahim Ida Igor Ilse Imran Ina Inga Inge Ingeborg Ingelise Inger Ingolf Ingrid Ingvar Ioana Irena Irene Iris Irma Iryna Isa Isabel '
  + 'Isabella Isak Ivalu Ivan Ivar Iver Jack Jakob Jamal James Jan Jane Janne Jannie Jannik Janus Jasmin Jean Jeanette Jeanne Jeff Jelena Jens Jennifer Jenny Jeppe Jes Jesper Jessica Jette Jim Jimmy Jo Joakim Joan Johan '
  + 'Johanna Johanne Johannes John Johnny Jon Jonas Jonatan Jose Josef Josefine Juan Judith Julia Juliane Julie Julius June Jutta Jytte Jørgen Jørn Kai Kalle Kamal Kamilla Kamma Karen Karim Karin Karina Karl Karla Karlo '
  + 'Karoline Karsten Kasper Katarzyna Kate Kathe Katja Katrine Keld Kenneth Kenni Kent Kerstin Ketty Kevin Khadija Khaled Kim Kira Kirsten Kirstine Kjeld Klara Klaus Knud Konrad Kresten Krista Kristen Kristian Kristina Kristine Kristoffer '
  + 'Krzysztof Kurt Käthe Laila Lars Lasse Lau Laura Laurits Layla Lea Leif Leila Lena Lene Lennart Leo Leon Leonora Liam Lilian Lilly Lily Lina Linda Line Linea Linh Linus Lis Lisa Lisbeth Lise Lisette Lissi Liv Liva Liz Lone Loke Lotte Louis '
  + 'Louise Luca Lucia Ludvig Luis Lukas Luna Lydia Lykke Lærke Mads Magda Magdalena Magne Magnus Mai Maja Maksim Malene Malik Malou Malte Mandy Maren Margit Margrethe Margot Maria Mariam Marianne Marie Marika Marina Mario Marion Marius Mark Marko Markus Marlene '
  + 'Marta Martin Martine Maryam Mathias Mathilde Matteo Max May Mehmet Melanie Melissa Merete Merle Merethe Meta Mette Mia Michala Michelle Mie Miguel Mikael Mikkel Milan Mille Milo Minh Minik Minna Mira Miriam Mogens Mohamed Mohammad Mona Monika Morten Muhammad '
  + 'Muhammed Murat Mustafa My Nadia Nadja Naja Nancy Nanna Natalia Natalie Natasha Nete Nguyen Niklas Nicole Niels Nikita Nikolai Nikoline Nils Nina Nivi Noah Noel Noor Nora Nour Nuka Oksana Ola Olaf Ole Oleksandr Oleksandra Olena Olga Oline Oliver '
  + 'Olivia Oluf Omar Orla Oskar Osman Osvald Otto Ove Pablo Palle Pamela Paninnguaq Patrick Patricia Paul Paula Paulina Pauline Pavel Peder Pedro Pelle Per Perle Pernille Peter Petra Petrea Philip Pia Pierre Pil Piotr Pipaluk Polly Poul Preben Priya Ragna Ragnhild Randi '
  + 'Rahim Rasmus Rebekka Reza Rene Regitze Richard Rigmor Rie Rikard Rikke Rita Robert Robin Roger Rolf Ronald Ronja Ronni Rosa Rose Roza Rudolf Rune Ruth Sabine Sabrina Said Sally Salma Sam Samir Samira Samuel Sander Sandra Sanne Sara Saga Sebastian Selma Sergei '
  + 'Sia Sidsel Signe Sigrid Sigurd Silas Silje Silke Simon Simone Sine Sissel Siv Smilla Sofia Sofie Sofus Solveig Solvej Sonja Sonny Stanislav Steen Steffen Stella Sten Stefan Stephanie Stig Stine Storm Sune Susan Susanna Susanne Sussi Svend Sven Svetlana '
  + 'Svitlana Sylvester Sylvia Søren Sørine Tage Tania Tanja Tariq Tatjana Terese Teis Thea Theo Theodor Thomas Thor Thora Thorkild Thorvald Thyge Thyra Tilde Tim Tina Tine Tobias Tom Tomasz Tommy Tonny Tora Torben Tord Tore Torsten Tove Trine Troels Tue Ulf Ulla Ulrik '
  + 'Ulrikke Ursula Uffe Uwe Vagn Valborg Valdemar Vera Verner Veronika Vibe Vibeke Victor Victoria Viggo Vigga Vilhelm Villads Ville Villy Vilma Viola Vita Vivi Vivian Vladimir Walter Wanda Wiktor William Willy Winnie Wolfgang Xenia Yasmin Yasin Ylva Yrsa Yusuf Yvonne '
  + 'Zahra Zainab Zara Zenia Zofia Aage Åse Åge Æbbe Ørjan Østen '
  + 'Kamille Beata Høgni Bárður Sólrun Rannvá Marjun Nukappiaq Inuk Kunuk Arnaq Asha Mohamud Abdi Liban Ngoc Thanh Tuan Hüseyin Emre Sevgi Goran Jasmina Dragan Rajan Suresh Jakub Małgorzata '
  + 'Andrij Yuliia Amal Hanan Mahmoud Joao Margriet Pieter Hendrik Mateusz Marcin Grzegorz Wojciech Barbara Tetiana Halyna Serhii Volodymyr Mykola Bohdan Taras Dilan Rojda Berivan Azad Shirin '
  + 'Parisa Nasrin Farid Mehdi Zohra Yusra Rania Dina Youssef Ismail Idris Tarek Walid Ziad Nasser Ahmet Ayhan Serkan Burak Selin Esra Derya Songül Hakan Orhan Erdem Bülent Sinan Yasar Amra Emina '
  + 'Edin Mirza Nermin Senad Adnan Dino Arif Besim Agron Arben Fatmir Valon Drita Rohan Arjun Anil Sunil Deepak Vijay Lakshmi Meena Sunita Anjali Kavita Abdullahi Abdirahman Abdulkadir Ayaan '
  + 'Hodan Ifrah Ilhan Faduma Fadumo Hibo Muna Safia Sagal Ubah Yasir Guled Mahad Selam Tesfay Yonas Somchai Malee Snezana Nikola Milos Radu Mihai Florin Gheorghe Georgi Dimitar Petya Janis Vytautas '
  + 'Eglė Mantas Jurgita Jógvan Hanus Pætur Dánjal Tróndur Eyðun Bergur Sunniva Kári Bjarta Turið Malan Aputsiaq Angunnguaq Salik Niviaq Paneeraq Ujarneq Ronnie Jonna Kirsa Maibritt Majken '
  + 'Ellinor Nelly Rosita Tenna Alvin Hannibal Lauge Louie Milas Mingus Tristan Villum Alba Aya Bella Celeste Ellie Hannah Holly Iben Kaya Mynte Naya';
