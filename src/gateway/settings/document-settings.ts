import { z } from 'zod';
import { wholeNumber } from './setting-kinds.ts';

const program = z.string().transform((value) => (value === 'off' ? '' : value)).default('');

/** Settings of what people have made of documents while they write; part of the gateway's one schema. */
export const documentFields = {
  DOCUMENT_PROCESSES: wholeNumber(2).describe('Børneprocesser, der viser breve og retter filer for dem, der skriver; startes ved første brug.'),
  DOCUMENT_TIME_MAX_MS: wholeNumber(20_000).describe('Tid, én fil eller ét brev må tage i en sådan børneproces.'),
  DOCUMENT_CALL_TIME_MAX_MS: wholeNumber(90_000).describe('Tid, alle filer i ét kald må tage tilsammen; resten får besked.'),
  DOCUMENT_QUEUE_MAX: wholeNumber(50).describe('Opgaver, der må vente på en sådan børneproces; resten får 503.'),
  DOCUMENT_JOBS_PER_CALLER_MAX: wholeNumber(4).describe('Kald om breve og filer, som én bruger må have i gang eller i kø; resten får 429.'),
  DOCUMENT_FILES_MAX: wholeNumber(100).describe('Filer i ét kald, der tjekker eller retter filer, og billeder i ét brev.'),
  DOCUMENT_PICTURE_PIXELS_MAX: wholeNumber(50_000_000).describe('Billedpunkter i ét billede, der laves om.'),
  DOCUMENT_PAGES_MAX: wholeNumber(1_000).describe('Sider i én PDF, der laves af filer.'),
  SPLIT_PAGES_MAX: wholeNumber(3_000).describe('Sider i én PDF, der deles i et brev til hver modtager.'),
  SPLIT_CHARACTERS_MAX: wholeNumber(20_000_000).describe('Tegn på dens sider.'),
  UNPACK_FILES_MAX: wholeNumber(200).describe('Filer, der må komme ud af én zip eller mail.'),
  UNPACK_BYTES_MAX: wholeNumber(40_000_000).describe('Hvad de må fylde tilsammen, og hvad ét kald højst giver tilbage.'),
  SHRINK_SIDE_MAX_PX: wholeNumber(2_000).describe('Længste side i billedpunkter af et billede, der er gjort mindre.'),
  SHRINK_JPEG_QUALITY: wholeNumber(80).describe('JPEG-kvalitet (1-100) af et billede, der er gjort mindre.'),
  OFFICE_CONVERTER: program.describe('Program, der laver Office-filer om til PDF (soffice fra LibreOffice); tom eller off: intet.'),
  OFFICE_CONVERTER_TIME_MAX_MS: wholeNumber(60_000).describe('Tid, det må tage for én fil.'),
  HEIC_CONVERTER: program.describe('Program, der laver HEIC-billeder om til JPEG (heif-convert fra libheif); tom eller off: intet.'),
  HEIC_CONVERTER_TIME_MAX_MS: wholeNumber(20_000).describe('Tid, det må tage for ét billede.'),
  CONVERTER_MEMORY_MAX_BYTES: wholeNumber(4_294_967_296).describe('Adresserum til hver proces i et sådant program (hvor `prlimit` findes).'),
  CONVERTER_FILE_MAX_BYTES: wholeNumber(200_000_000).describe('Hvad hver fil, det skriver, må fylde (hvor `prlimit` findes).'),
} as const;
