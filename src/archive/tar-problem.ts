/**
 * What a tar can have wrong. `offset` counts in the inflated stream, `member` is the path as an installer sees it, where the
 * problem is one of a member.
 */
export type TarProblemKind =
  /** Not a tar: `found` says what the first bytes are (`zip`, `text` …, as in kind.ts). */
  | 'tar-not-a-tar'
  /** Compressed with something that is not read here: `found` is `bzip2`, `xz` or `compress`. */
  | 'tar-compression'
  /** No header at all: nothing, or an end block at once. */
  | 'tar-empty'
  /** Neither a header nor a zero block where one must be: tarfile ends here without a word. */
  | 'tar-checksum'
  /** The checksum is that of signed bytes, as some old tars counted. */
  | 'tar-checksum-signed'
  /** A number field that is no number; `field` names it. Nothing is read after a `size` of this kind. */
  | 'tar-number-invalid'
  /** A number that is padded with blanks or binary: tarfile reads it, strict readers do not. `field` names it. */
  | 'tar-number-form'
  /** The ustar name and the pax path (or the two link targets) differ though the header could hold the pax text. */
  | 'tar-name-conflict'
  /** A pax path and a GNU long name, or link target (`field` is `linkpath`), for one member, and they differ. */
  | 'tar-name-pax-gnu'
  /** Two GNU long names, or link targets (`field` is `linkpath`), for one member: the first and the second. */
  | 'tar-name-gnu-twice'
  /** A pax record gives one key twice with two values. `field` is the key. */
  | 'tar-pax-duplicate'
  /** The pax size and the header's size differ, though the header could hold it. */
  | 'tar-size-conflict'
  /** A pax size that is no decimal number. */
  | 'tar-size-invalid'
  /** A directory, link or device with a size: readers differ on whether content follows. */
  | 'tar-size-without-data'
  /** A sparse member: `found` is `GNU` or the pax keys. Its content is not read. */
  | 'tar-sparse'
  /** A type flag that is none of ustar's, pax's or GNU's common ones. */
  | 'tar-unknown-type'
  /** A global pax header that sets what belongs to one member. `field` is the key. */
  | 'tar-global-field'
  /** pax records that break the form `LENGTH KEY=VALUE\n`: `found` says how. */
  | 'tar-pax-record'
  /** A pax key of a vendor other than those that readers ignore. `field` is the key. */
  | 'tar-pax-vendor'
  /** A name or link target that is not UTF-8 (it is then read as Latin-1), or one declared as binary. */
  | 'tar-name-encoding'
  /** More extension headers before one member than any writer needs. */
  | 'tar-extension-chain'
  /** An extension header and no member after it. */
  | 'tar-extension-alone'
  /** A header with another magic than ustar's or GNU's. */
  | 'tar-v7'
  /** A header of a member after the zero block that ends the archive: `found` is its name. */
  | 'tar-member-after-end'
  /** Other bytes than zero after the end. */
  | 'tar-data-after-end'
  /** The stream ends inside a header, content or its padding. */
  | 'tar-truncated'
  /** Fewer than two zero blocks at the end. */
  | 'tar-no-end'
