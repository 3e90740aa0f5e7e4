import type { AtByte, InMember } from './problem-place.js'

/** Of the two records of a member, the one with the problem. */
interface InRecord extends InMember {
  readonly where: 'local' | 'central'
}

/** What the end records, or both records of a member, say of the same thing. */
/** A later record of the same name is the one that is read. */
interface Shadowed {
  readonly shadowed: boolean
}

interface Both extends InMember {
  readonly local: number
  readonly central: number
}

/** The values of an end record. */
export type EndField = 'disk' | 'centralDisk' | 'diskEntries' | 'entries' | 'size' | 'offset'

/** What the zip reader saw. `member` is the name that the central directory gives, unless said otherwise. */
export interface ZipProblems {
  // The file as a whole
  /** No complete end record where readers look: not a zip, a cut one, or one whose end record is `back` bytes from the end of the file. */
  'zip-end-missing': AtByte & { readonly file: 'empty' | 'cut' | 'not-a-zip' | 'far'; readonly back?: number }
  /** The file ends inside a record of the central directory. */
  'zip-directory-cut': AtByte
  /** A member's content reaches beyond the end of the file; `whole`: what it should hold is there all the same. */
  'zip-content-cut': InMember & { readonly whole: boolean }
  /** Behind the end record in use, another one begins, which the file cuts. */
  'zip-end-shadowed': AtByte & { readonly used: number }
  /** Bytes of no record in front of the first one. */
  'zip-prepended-data': AtByte & { readonly bytes: number }
  /** Bytes of no record between two records. */
  'zip-gap': AtByte & { readonly bytes: number }
  /** Bytes after the end record. */
  'zip-trailing-data': AtByte & { readonly bytes: number; readonly zeros: boolean }
  /** A second end record outside of any member's content; the one in use stands at `used`. */
  'zip-second-end': AtByte & { readonly used: number }
  /** The archive comment contains a zip, whose end record, at `used`, is the one in use. */
  'zip-comment-holds-zip': AtByte & { readonly used: number }
  /** The archive comment has bytes 1 to 8, as zip records have. */
  'zip-comment-binary': AtByte & { readonly byte: number }
  /** The archive comment is shorter than the end record says. */
  'zip-comment-cut': AtByte & { readonly bytes: number; readonly stated: number }
  /** The first 512 bytes are a tar header. */
  'zip-also-tar': AtByte
  // The end records
  /** Entries of the directory, or of this disk, against the number that the end record states; `replaced`: a zip64 record has the ones that count. */
  'zip-count-mismatch': AtByte & { readonly count: number; readonly stated: number; readonly replaced?: boolean }
  /** Where the directory begins, against where the end record says. */
  'zip-directory-offset': AtByte & { readonly start: number; readonly stated: number }
  /** Bytes of the directory, against what the end record says. */
  'zip-directory-size': AtByte & { readonly bytes: number; readonly stated: number }
  /** The central directory is not where any reading of the end record puts it. */
  'zip-directory-missing': AtByte & { readonly stated: number }
  /** A record needs a later version of the format than there is: `version` is such as 6.4. */
  'zip-version': InRecord & { readonly version: number }
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
  /** The zip64 locator speaks of another disk, or of several. */
  'zip64-locator-disk': AtByte & { readonly disk: number; readonly disks: number }
  /** Python's zipfile does not find the directory where the end records put it, though it is where they can mean. */
  'zip-directory-refused': AtByte
  // Members: which there are
  /** A local record that the central directory does not list; `member` is its own name. `plain`: nothing in it stops uv. */
  'zip-hidden-member': InMember & { readonly plain: boolean }
  /** A local record with the name of a listed member, at another place. */
  'zip-duplicate-local': InMember & { readonly plain: boolean }
  /** A name that an earlier central record has already, with this content or another one; `other`: its name, which leads there too. */
  'zip-duplicate-name': InMember & {
    readonly content: 'same' | 'other' | 'unknown'
    readonly sameMode: boolean
    readonly other: string | undefined
  }
  /** No local record where the central directory says. */
  'zip-local-missing': InMember
  /** The member begins inside another one, `other`, or runs into the directory. */
  'zip-overlap': InMember & { readonly other: string | undefined }
  /** The content of the member reaches beyond the place where the next one, or the directory, begins. */
  'zip-runs-into-next': InMember & { readonly next: number }
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
  'zip-data-descriptor': InMember & { readonly uv: boolean }
  /**
   * The descriptor contradicts the directory, is missing, or has the width that the zip64 field of its record does not ask for.
   * `passed`: a record begins behind as many bytes as a descriptor should have.
   */
  'zip-data-descriptor-mismatch': InMember & { readonly fault: 'missing' | 'other' | 'width'; readonly passed: boolean }
  /** A descriptor follows although flag bit 3 is clear. */
  'zip-data-descriptor-unflagged': AtByte
  /** Flag bit 0 or 6. Where both records say so, the central one counts. */
  'zip-encrypted': InRecord & Shadowed
  /** Flag bit 13 or 5: masked header values, patched data. Where both records say so, the central one counts. */
  'zip-reserved-flag': InRecord & Shadowed & { readonly bit: 5 | 13 }
  'zip-method': InMember & Shadowed & { readonly method: number }
  /** Flag bit 11 is set but the name is not UTF-8, or it is clear and the name is neither ASCII nor UTF-8. */
  'zip-name-not-utf8': InMember & { readonly flagged: boolean }
  /** The name is UTF-8 and not ASCII, but flag bit 11 is clear: readers take it for CP437. */
  'zip-name-unflagged': InMember
  /** The central record's name goes on behind a NUL, where Python ends it; `member` is what comes before. */
  'zip-name-nul': InMember & { readonly stored: string }
  /** An extra field that states more bytes than the `left` ones; `length` is undefined where these are too few for a header. */
  'zip-extra-malformed': InRecord & { readonly length: number | undefined; readonly left: number }
  /** An extra field twice in one record. */
  'zip-extra-twice': InRecord & { readonly id: number }
  /** A zip64 field in a local record whose length fits no use there. */
  'zip64-extra-length': InRecord & { readonly bytes: number }
  /** The zip64 field is longer than the plain fields of all ones `asked` for. */
  'zip64-extra-unneeded': InRecord & { readonly bytes: number; readonly asked: number }
  /** Plain fields of all ones, and fewer values in the zip64 field; undefined where there is no field. `sizes`: not only the offset is missing. */
  'zip64-extra-missing': InRecord & {
    readonly values: number | undefined
    readonly wanted: number
    readonly sizes: boolean
  }
  /** The Unicode path field (its CRC fits) gives another name; `agrees`: that of the other record gives the same one. */
  'zip-unicode-path-other': InRecord & { readonly path: string; readonly agrees: boolean }
  /** The CRC in the Unicode path field is not that of the name, or the field has no name. */
  'zip-unicode-path-crc': InRecord & { readonly path: string }
  /**
   * The Unicode path field is too short, not UTF-8, has control characters, or is of no known version. `fits`: its version is
   * the known one and its CRC that of the name, so that readers take it.
   */
  'zip-unicode-path-invalid': InRecord & {
    readonly fault: 'short' | 'not-utf8' | 'control' | 'version'
    readonly version: number | undefined
    readonly fits: boolean
  }
  /** The Unicode comment field is too short. */
  'zip-unicode-comment-invalid': InRecord
  /** `binary`: it has bytes 1 to 8, as zip records have. */
  'zip-member-comment': InMember & { readonly bytes: number; readonly binary: boolean }
  /** A name that ends in `/` has content, or the CRC-32 of some. */
  'zip-directory-with-data': InMember & { readonly bytes: number; readonly crc: number }
  // Members: content
  'zip-crc': InMember & { readonly crc: number; readonly stated: number }
  /**
   * Content has another size than stated; undefined when it is larger, and reading stopped there. `crcFits`: the stated CRC-32
   * is that of what came out.
   */
  'zip-size': InMember & { readonly bytes: number | undefined; readonly stated: number; readonly crcFits: boolean }
  /** Bytes that came out, and those that should have. */
  'zip-deflate-broken': InMember & { readonly bytes: number; readonly stated: number }
  'zip-deflate-cut': InMember & { readonly bytes: number; readonly stated: number; readonly crcFits: boolean }
  /** The deflate stream ends before the member's bytes do: so many are left. */
  'zip-deflate-trailing': InMember & { readonly bytes: number }
}
