import { z } from 'zod';

const program = z.string().transform((value) => (value === 'off' ? '' : value)).default('');
const number = (defaultValue: number) => z.coerce.number().int().min(0).default(defaultValue);

/** Settings of what people have made of documents while they write; part of the gateway's one schema. */
export const documentFields = {
  DOCUMENT_PROCESSES: number(2).describe('Børneprocesser, der viser breve og retter filer for dem, der skriver; startes ved første brug.'),
  DOCUMENT_TIME_MAX_MS: number(20_000).describe('Tid, én fil eller ét brev må tage i en sådan børneproces.'),
  DOCUMENT_CALL_TIME_MAX_MS: number(90_000).describe('Tid, alle filer i ét kald må tage tilsammen; resten får besked.'),
  DOCUMENT_QUEUE_MAX: number(50).describe('Opgaver, der må vente på en sådan børneproces; resten får 503.'),
  DOCUMENT_JOBS_PER_CALLER_MAX: number(4).describe('Kald om breve og filer, som én bruger må have i gang eller i kø; resten får 429.'),
  DOCUMENT_FILES_MAX: number(100).describe('Filer i ét kald, der tjekker eller retter filer, og billeder i ét brev.'),
  DOCUMENT_PICTURE_PIXELS_MAX: number(50_000_000).describe('Billedpunkter i ét billede, der laves om.'),
  DOCUMENT_PAGES_MAX: number(1_000).describe('Sider i én PDF, der laves af filer.'),
  SPLIT_PAGES_MAX: number(3_000).describe('Sider i én PDF, der deles i et brev til hver modtager.'),
  SPLIT_CHARACTERS_MAX: number(20_000_000).describe('Tegn på dens sider.'),
  UNPACK_FILES_MAX: number(200).describe('Filer, der må komme ud af én zip eller mail.'),
  UNPACK_BYTES_MAX: number(40_000_000).describe('Hvad de må fylde tilsammen, og hvad ét kald højst giver tilbage.'),
  SHRINK_SIDE_MAX_PX: number(2_000).describe('Længste side i billedpunkter af et billede, der er gjort mindre.'),
  SHRINK_JPEG_QUALITY: number(80).describe('JPEG-kvalitet (1-100) af et billede, der er gjort mindre.'),
  OFFICE_CONVERTER: program.describe('Program, der laver Office-filer om til PDF (soffice fra LibreOffice); tom eller off: intet.'),
  OFFICE_CONVERTER_TIME_MAX_MS: number(60_000).describe('Tid, det må tage for én fil.'),
  HEIC_CONVERTER: program.describe('Program, der laver HEIC-billeder om til JPEG (heif-convert fra libheif); tom eller off: intet.'),
  HEIC_CONVERTER_TIME_MAX_MS: number(20_000).describe('Tid, det må tage for ét billede.'),
  CONVERTER_MEMORY_MAX_BYTES: number(4_294_967_296).describe('Adresserum til hver proces i et sådant program (hvor `prlimit` findes).'),
  CONVERTER_FILE_MAX_BYTES: number(200_000_000).describe('Hvad hver fil, det skriver, må fylde (hvor `prlimit` findes).'),
} as const;
