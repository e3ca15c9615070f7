/**
 * Why a container cannot be read. `not-lzma`: the bytes do not begin as an LZMA-alone stream (an .xz does not).
 * `lzma`: the compressed bytes are damaged. `truncated`: it stops before its end. `trailing`: something follows its
 * end. `tar`: what was packed is no tar, or a header of it is damaged. `entry`: an entry is something else than a
 * plain file, or its name more than a file name. `limit`: larger or more than the reader allows.
 */
export type ContainerUnreadableReason = 'not-lzma' | 'lzma' | 'truncated' | 'trailing' | 'tar' | 'entry' | 'limit';

/** Thrown by the reader of containers when the bytes are none. The text is Danish and quotes nothing from within. */
export class MemoContainerUnreadable extends Error {
  override readonly name = 'MemoContainerUnreadable';
  readonly reason: ContainerUnreadableReason;

  /** `detail`: the place or the number that was broken, in short; never a name or a value from the container. */
  constructor(reason: ContainerUnreadableReason, detail: string) {
    super(`${texts[reason]}${detail === '' ? '' : ` (${detail})`}`);
    this.reason = reason;
  }
}

const texts: Readonly<Record<ContainerUnreadableReason, string>> = {
  'not-lzma': 'Containeren er ikke komprimeret som LZMA (.tar.lzma)',
  lzma: 'Containerens komprimerede indhold er beskadiget',
  truncated: 'Containeren stopper, før den er slut',
  trailing: 'Der følger noget efter containerens slutning',
  tar: 'Containerens indhold er ikke et gyldigt tar-arkiv',
  entry: 'Containeren indeholder andet end almindelige filer med enkle navne',
  limit: 'Containeren er større eller har flere meddelelser, end der er sat grænse for',
};
