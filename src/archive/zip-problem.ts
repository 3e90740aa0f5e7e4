/**
 * What the zip reader saw. Unless said otherwise `member` is the name that the central directory gives, `found` is what stands
 * in the place named by the kind, `expected` what another place of the file says, and `offset` where it stands.
 */
export type ZipProblemKind =
  // The file as a whole
  /** No complete end record: not a zip, or a cut one. `found` says which: `empty`, `cut`, `no zip`. */
  | 'zip-end-missing'
  /** The file ends inside a record or a member's content. */
  | 'zip-cut'
  /** Bytes of no record in front of the first one. `found` is their number. */
  | 'zip-prepended-data'
  /** Bytes of no record between two records. `found` is their number. */
  | 'zip-gap'
  /** Bytes after the end record. `found` is their number. */
  | 'zip-trailing-data'
  /** A second end record outside of any member's content. */
  | 'zip-second-end'
  /** The archive comment holds a zip: `expected` is where the end record in use stands. */
  | 'zip-comment-holds-zip'
  /** The archive comment has bytes 1 to 8, as zip records have. */
  | 'zip-comment-binary'
  /** The archive comment is shorter than the end record says: bytes found and expected. */
  | 'zip-comment-cut'
  /** The first 512 bytes are a tar header. */
  | 'zip-also-tar'
  // The end records
  /** Entries found in the directory, number stated. */
  | 'zip-count-mismatch'
  /** Where the directory begins, and where the end record says. */
  | 'zip-directory-offset'
  /** Bytes of the directory, and what the end record says. */
  | 'zip-directory-size'
  /** The central directory is not where any reading of the end record puts it. */
  | 'zip-directory-missing'
  /** A central record needs a later version of the format than there is: `found`, as `6.4`. */
  | 'zip-version'
  /** A disk number other than 0, of the end record or of a member. */
  | 'zip-disk-number'
  /** The zip64 end record has another size than 44: `found` is it. */
  | 'zip64-extensible-data'
  /** A field of the zip64 end record (`field`) contradicts the plain one, which is not all ones. */
  | 'zip64-end-contradiction'
  /** The zip64 locator points elsewhere than to the zip64 end record, or there is none. */
  | 'zip64-locator'
  // Members: which there are
  /** A local record that the central directory does not list; `member` is its own name. */
  | 'zip-hidden-member'
  /** A local record with the name of a listed member, at another place. */
  | 'zip-duplicate-local'
  /** A name that an earlier central record has already. `found` is `same content`, `other content` or `unknown`. */
  | 'zip-duplicate-name'
  /** No local record where the central directory says. */
  | 'zip-local-missing'
  /** The member begins inside another one, or runs into the directory: `expected` names what it overlaps. */
  | 'zip-overlap'
  // Members: local against central record
  | 'zip-local-name'
  | 'zip-local-compressed-size'
  | 'zip-local-size'
  | 'zip-local-crc'
  | 'zip-local-method'
  /** General purpose bits that change how a member is read: 0, 3, 5, 6, 11, 13. */
  | 'zip-local-flags'
  | 'zip-local-time'
  // Members: what the records say
  /** Flag bit 3 of the local record: sizes follow the content. */
  | 'zip-data-descriptor'
  /** The descriptor contradicts the directory, or is missing. */
  | 'zip-data-descriptor-mismatch'
  /** A descriptor follows although flag bit 3 is clear. */
  | 'zip-data-descriptor-unflagged'
  | 'zip-encrypted'
  /** Flag bit 13 or 5: masked header values, patched data. */
  | 'zip-reserved-flag'
  /** `found` is the method number. */
  | 'zip-method'
  /** Flag bit 11 is set but the name is not UTF-8, or it is clear and the name is neither ASCII nor UTF-8. */
  | 'zip-name-not-utf8'
  /** The name is UTF-8 and not ASCII, but flag bit 11 is clear: readers take it for CP437. */
  | 'zip-name-unflagged'
  /** `field` is `local` or `central`. */
  | 'zip-extra-malformed'
  /** Extra field 0x0001 or 0x7075 twice in one record. */
  | 'zip-extra-twice'
  /** A zip64 field whose length fits no use: `found` is it. */
  | 'zip64-extra-length'
  /** A zip64 field against the plain fields, which are not all ones. */
  | 'zip64-extra-contradiction'
  /** All ones in a plain field, and no zip64 value for it. */
  | 'zip64-extra-missing'
  /** The Unicode path field (its CRC fits) gives another name. */
  | 'zip-unicode-path-other'
  /** The CRC in the Unicode path field is not that of the name. */
  | 'zip-unicode-path-crc'
  /** The Unicode path field is not UTF-8 or has no known version. */
  | 'zip-unicode-path-invalid'
  | 'zip-member-comment'
  /** A name that ends in `/` has content: `found` is the size. */
  | 'zip-directory-with-data'
  // Members: content
  | 'zip-crc'
  /** Content has another size than stated; `found` is `more` when reading stopped there. */
  | 'zip-size'
  | 'zip-deflate-broken'
  | 'zip-deflate-cut'
  /** The deflate stream ends before the member's bytes do: `found` is how many are left. */
  | 'zip-deflate-trailing'
