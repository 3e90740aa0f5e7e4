import type { Look } from './looks-like.js'
import type { AtByte, InMember, SomePlace } from './problem-place.js'
import type { PaxFault, PaxValueFault } from './tar-pax.js'

/** What two headers name differently. */
type Named = 'path' | 'link target'

export type NumberField = 'size' | 'mode' | 'mtime' | 'uid' | 'gid' | 'devmajor' | 'devminor' | 'sparse map'

/** What strict readers refuse in a header next to its numbers, and tarfile does not look at. */
export interface HeaderFault {
  readonly what: 'version' | 'checksum' | 'link target' | 'old directory' | 'xstar'
  readonly text?: string
}

/** What Python's tarfile does at a problem: takes the archive to be over without a word, raises an error, fails in another way. */
export type TarfileAt = 'ends' | 'refuses' | 'crashes'

/** A number field, and its text as far as it is not plain. */
interface InNumber extends InMember {
  readonly field: NumberField
  readonly text: string
}

/**
 * What a tar can have wrong. `offset` counts in the inflated stream, `member` is the path as an installer sees it, where the
 * problem is one of a member.
 */
export interface TarProblems {
  /** Not a tar, but what its first bytes look like. */
  'tar-not-a-tar': SomePlace & { readonly looksLike: Look }
  /** Compressed with something that is not read here. */
  'tar-compression': SomePlace & { readonly compression: 'bzip2' | 'xz' | 'compress' }
  /** No header at all: nothing, or an end block at once. */
  'tar-empty': AtByte & { readonly zeroBlocks: number }
  /** Neither a header nor a zero block where one must be: tarfile ends here without a word. `first`: nothing was read yet; `nested`: after an extension header, where tarfile raises an error. */
  'tar-checksum': AtByte & { readonly first: boolean; readonly nested: boolean }
  /** The checksum is that of signed bytes, as some old tars counted. */
  'tar-checksum-signed': InMember
  /** A number field that is not a number for tarfile, or a size that it cannot use. Nothing is read after it. `uv`: does uv read the field? */
  'tar-number-invalid': InNumber & { readonly tarfile: TarfileAt; readonly uv: boolean }
  /** A text of a header that strict readers refuse. */
  'tar-header-form': InMember & { readonly fault: HeaderFault }
  /** A time that no file can have: pip fails where it sets it. `uv`: does uv refuse it too? */
  'tar-time': InMember & { readonly text: string; readonly uv: boolean }
  /** A number in another form than octal digits with an end: tarfile reads it, strict readers do not. */
  'tar-number-form': InNumber & { readonly uv: boolean }
  /** The ustar name and the pax path (or the two link targets) differ though the header could hold the pax text. */
  'tar-name-conflict': InMember & { readonly what: Named; readonly extended: string; readonly own: string }
  /** A pax path and a GNU long name, or link target, for one member, and they differ. */
  'tar-name-pax-gnu': InMember & { readonly what: Named; readonly pax: string; readonly gnu: string }
  /** Two GNU long names, or link targets, for one member. */
  'tar-name-gnu-twice': AtByte & { readonly what: Named; readonly first: string; readonly second: string }
  /** A pax header gives one key twice with two values. */
  'tar-pax-duplicate': InMember & { readonly key: string; readonly value: string; readonly other: string }
  /** The pax size and the header's size differ, though the header could hold it; that may be no number at all. */
  'tar-size-conflict': InMember & { readonly pax: number; readonly header: number | undefined }
  /** A pax size that is not a decimal number. */
  'tar-size-invalid': InMember & { readonly text: string }
  /** A size from global records alone, which takes a member past the end of the tar. */
  'tar-global-size': InMember & { readonly size: number }
  /** A directory, link or device with a size: readers differ on whether content follows; `uv`: it does not get further. */
  'tar-size-without-data': InMember & { readonly size: number; readonly uv: boolean }
  /** A sparse member, by its type or by pax records. Its content is not read. `broken`: tarfile fails at its numbers. */
  'tar-sparse': InMember & { readonly by: 'type' | 'pax'; readonly broken: boolean }
  /** A type flag that is none of ustar's, pax's or GNU's common ones. */
  'tar-unknown-type': InMember & { readonly type: string }
  /** A global pax header that sets what belongs to one member. */
  'tar-global-field': AtByte & { readonly key: string; readonly value: string }
  /** pax records that break the form `LENGTH KEY=VALUE\n`, and what tarfile and uv do there. */
  'tar-pax-record': AtByte & {
    readonly fault: PaxFault
    readonly tarfile: TarfileAt | 'reads on'
    readonly uv: boolean
  }
  /** A value or key that strict readers refuse. */
  'tar-pax-value': AtByte & { readonly key: string; readonly value: string; readonly fault: PaxValueFault }
  /** Bytes behind an extension header, in the padding of its block; `tarfile` reads them as a part of it, or stops at them. */
  'tar-extension-padding': AtByte & {
    readonly header: 'pax' | 'GNU'
    readonly tarfile: 'ignores' | 'reads' | 'ends' | 'refuses'
    readonly text: string
  }
  /**
   * A GNU long header whose text is not ended as strict readers want it, that is longer than they take, or a link target before
   * what is not a link.
   */
  'tar-long-name': AtByte & {
    readonly what: Named
    readonly fault: 'no-nul' | 'after-nul' | 'no-link' | 'too-long'
    readonly text: string
  }
  /** An extension header that the format of its own magic does not have. */
  'tar-extension-format': AtByte & { readonly type: string; readonly format: 'ustar' | 'gnu' | 'v7' }
  /** A pax header of a member, and another pax header after it. */
  'tar-pax-again': AtByte
  /** A pax key of a vendor other than those that readers ignore; without a member it stands in a global header. */
  'tar-pax-vendor': AtByte & { readonly key: string }
  /** A name or link target that is not UTF-8 (it is then read as Latin-1), or one declared as binary. */
  'tar-name-encoding': InMember & { readonly declared: boolean; readonly utf8: boolean }
  /** More extension headers before one member than any writer needs. */
  'tar-extension-chain': InMember & { readonly count: number }
  /** An extension header and no member after it. */
  'tar-extension-alone': AtByte & { readonly uv: boolean }
  /** A prefix in a header of the GNU format: tarfile puts it before the name, GNU tar and uv do not. `same`: both lead to one file. */
  'tar-prefix-in-gnu': InMember & { readonly own: string; readonly same: boolean }
  /** A path in a pax record that ends with a slash and is not a directory: tarfile leaves the slash out, uv does not. */
  'tar-pax-slash': InMember
  /** A header with another magic than ustar's or GNU's. */
  'tar-v7': InMember
  /** A header of a member, with this name, after the zero block that ends the archive; uv wants two of them. */
  'tar-member-after-end': AtByte & { readonly name: string; readonly uv: boolean }
  /** Other bytes than zero after the end. */
  'tar-data-after-end': AtByte & { readonly uv: boolean }
  /**
   * The stream ends inside a header, content or its padding; `nested`: in the header after an extension header; `ended`: in a pax
   * header whose records end the archive for tarfile.
   */
  'tar-truncated': AtByte & {
    readonly inside: 'block' | 'payload' | 'padding'
    readonly nested: boolean
    readonly ended: boolean
  }
  /** Fewer than two zero blocks at the end. */
  'tar-no-end': AtByte & { readonly zeroBlocks: 0 | 1 }
}
