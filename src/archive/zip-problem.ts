import type { AtByte, InMember } from './problem-place.js'

/** Of the two records of a member, the one with the fault. */
interface InRecord extends InMember {
  readonly where: 'local' | 'central'
}

/** What the end records, or both records of a member, say of the same thing. */
interface Both extends InMember {
  readonly local: number
  readonly central: number
}

/** The values of an end record. */
export type EndField = 'disk' | 'centralDisk' | 'diskEntries' | 'entries' | 'size' | 'offset'

/** What the zip reader saw. `member` is the name that the central directory gives, unless said otherwise. */
export interface ZipProblems {
  // The file as a whole
  /** No complete end record: not a zip, or a cut one. */
  'zip-end-missing': AtByte & { readonly file: 'empty' | 'cut' | 'not-a-zip' }
  /** The file ends inside a record of the central directory. */
  'zip-directory-cut': AtByte
  /** The file ends inside a member's content. */
  'zip-content-cut': InMember
  /** Bytes of no record in front of the first one. */
  'zip-prepended-data': AtByte & { readonly bytes: number }
  /** Bytes of no record between two records. */
  'zip-gap': AtByte & { readonly bytes: number }
  /** Bytes after the end record. */
  'zip-trailing-data': AtByte & { readonly bytes: number }
  /** A second end record outside of any member's content; the one in use stands at `used`. */
  'zip-second-end': AtByte & { readonly used: number }
  /** The archive comment holds a zip, whose end record, at `used`, is the one in use. */
  'zip-comment-holds-zip': AtByte & { readonly used: number }
  /** The archive comment has bytes 1 to 8, as zip records have. */
  'zip-comment-binary': AtByte & { readonly byte: number }
  /** The archive comment is shorter than the end record says. */
  'zip-comment-cut': AtByte & { readonly bytes: number; readonly stated: number }
  /** The first 512 bytes are a tar header. */
  'zip-also-tar': AtByte
  // The end records
  /** Entries of the directory, or of this disk, against the number that the end record states. */
  'zip-count-mismatch': AtByte & { readonly count: number; readonly stated: number }
  /** Where the directory begins, against where the end record says. */
  'zip-directory-offset': AtByte & { readonly start: number; readonly stated: number }
  /** Bytes of the directory, against what the end record says. */
  'zip-directory-size': AtByte & { readonly bytes: number; readonly stated: number }
  /** The central directory is not where any reading of the end record puts it. */
  'zip-directory-missing': AtByte & { readonly stated: number }
  /** A central record needs a later version of the format than there is: `version` is such as 6.4. */
  'zip-version': InMember & { readonly version: number }
  /** A disk number other than 0, of a member or of the end record, whose two numbers may differ. */
  'zip-disk-number': AtByte & { readonly member?: string; readonly disk: number; readonly differ: boolean }
  /** The zip64 end record has another size than that without extensible data. */
  'zip64-extensible-data': AtByte & { readonly bytes: number; readonly expected: number }
  /** A field of the zip64 end record contradicts the plain one, which is not all ones. */
  'zip64-end-contradiction': AtByte & { readonly field: EndField; readonly zip64: number; readonly plain: number }
  /**
   * The zip64 locator points elsewhere than to the zip64 end record. `stated` is undefined where there is no locator, `actual`
   * where there is no such record.
   */
  'zip64-locator': AtByte & { readonly stated: number | undefined; readonly actual: number | undefined }
  // Members: which there are
  /** A local record that the central directory does not list; `member` is its own name. */
  'zip-hidden-member': InMember
  /** A local record with the name of a listed member, at another place. */
  'zip-duplicate-local': InMember
  /** A name that an earlier central record has already, with this content or another one. */
  'zip-duplicate-name': InMember & { readonly content: 'same' | 'other' | 'unknown' }
  /** No local record where the central directory says. */
  'zip-local-missing': InMember
  /** The member begins inside another one, `other`, or runs into the directory. */
  'zip-overlap': InMember & { readonly other: string | undefined }
  // Members: local against central record
  /** `local` is the name in the local record. */
  'zip-local-name': InMember & { readonly local: string }
  'zip-local-compressed-size': Both
  'zip-local-size': Both
  'zip-local-crc': Both
  'zip-local-method': Both
  /** General purpose bits that change how a member is read: 0, 3, 5, 6, 11, 13. */
  'zip-local-flags': Both
  /** DOS date and time. */
  'zip-local-time': Both
  // Members: what the records say
  /** Flag bit 3 of the local record: sizes follow the content. */
  'zip-data-descriptor': InMember
  /** The descriptor contradicts the directory, or is missing. */
  'zip-data-descriptor-mismatch': InMember & { readonly missing: boolean }
  /** A descriptor follows although flag bit 3 is clear. */
  'zip-data-descriptor-unflagged': AtByte
  'zip-encrypted': InMember
  /** Flag bit 13 or 5: masked header values, patched data. */
  'zip-reserved-flag': InMember & { readonly bit: 5 | 13 }
  'zip-method': InMember & { readonly method: number }
  /** Flag bit 11 is set but the name is not UTF-8, or it is clear and the name is neither ASCII nor UTF-8. */
  'zip-name-not-utf8': InMember
  /** The name is UTF-8 and not ASCII, but flag bit 11 is clear: readers take it for CP437. */
  'zip-name-unflagged': InMember
  /** An extra field that states more bytes than the `left` ones; `length` is undefined where these are too few for a header. */
  'zip-extra-malformed': InRecord & { readonly length: number | undefined; readonly left: number }
  /** Extra field 0x0001 or 0x7075 twice in one record. */
  'zip-extra-twice': InRecord & { readonly id: number }
  /** A zip64 field whose length fits no use. */
  'zip64-extra-length': InRecord & { readonly bytes: number }
  /** A value of the zip64 field against the plain one, which is not all ones. */
  'zip64-extra-contradiction': InRecord & { readonly zip64: number; readonly plain: number }
  /** Plain fields of all ones, and fewer values in the zip64 field. */
  'zip64-extra-missing': InRecord & { readonly values: number; readonly wanted: number }
  /** The Unicode path field (its CRC fits) gives another name. */
  'zip-unicode-path-other': InRecord & { readonly path: string }
  /** The CRC in the Unicode path field is not that of the name. */
  'zip-unicode-path-crc': InRecord & { readonly path: string }
  /** The Unicode path field is too short, not UTF-8, has control characters, or is of no known version. */
  'zip-unicode-path-invalid': InRecord & { readonly fault: 'short' | 'not-utf8' | 'control' | 'version' }
  'zip-member-comment': InMember & { readonly bytes: number }
  /** A name that ends in `/` has content. */
  'zip-directory-with-data': InMember & { readonly bytes: number }
  // Members: content
  'zip-crc': InMember & { readonly crc: number; readonly stated: number }
  /** Content has another size than stated; undefined when it is larger, and reading stopped there. */
  'zip-size': InMember & { readonly bytes: number | undefined; readonly stated: number }
  /** Bytes that came out, and those that should have. */
  'zip-deflate-broken': InMember & { readonly bytes: number; readonly stated: number }
  'zip-deflate-cut': InMember & { readonly bytes: number; readonly stated: number }
  /** The deflate stream ends before the member's bytes do: so many are left. */
  'zip-deflate-trailing': InMember & { readonly bytes: number }
}
