import type { Consumer, MemberHeader } from '../archive/archive.js'
import type { Limits } from '../archive/limits.js'
import { joined } from '../bytes.js'
import type { Kept } from '../text/file.js'

const MiB = 1024 * 1024
/** READMEs are kept to find the line of a rendering error; longer files are not READMEs. */
const README_SIZE = MiB
/** Startup files and scripts: only their beginning is checked. */
const SCRIPT_SIZE = MiB / 4

/** A quarter of other texts: the description is kept as bytes, as text, and as the lines that its rules read. */
function metadataSize({ textSize }: Limits): number {
  return Math.floor(textSize / 4)
}

/** Files that usually contain passwords and keys. */
export const SECRETS =
  /(?:^|\/)(?:\.env(?:\.(?:local|production|prod|development|dev|staging))?|\.pypirc|\.netrc|_netrc|id_(?:rsa|dsa|ecdsa|ed25519)|[^/]+\.(?:key|pem|p8|pk8|ppk|asc)|\.(?:npm|yarn)rc|\.git-credentials|\.aws\/credentials)$/
/** The same, of a service account of Google. */
export const SERVICE_KEYS =
  /\/(?:service|cred|client_secret|secret|key|gcp|gcs|google|gcloud|firebase|sa[-_])[\w.-]{0,100}\.json$/
const SECRETS_SIZE = MiB / 16
/** Larger ones are something else. */
const SERVICE_KEY_SIZE = MiB / 64
const serviceKeySize = (_: Limits, { size }: MemberHeader) => (size > SERVICE_KEY_SIZE ? 0 : SERVICE_KEY_SIZE)

/** Sources of crates: few crates have more folders in one another. */
const RUST = /^(?:\.\/)?(?:[^/]+\/){1,7}[^/]+\.rs$/
const RUST_SIZE = MiB / 4

/** Sources in C, which begin with what they include. */
const C = /^(?:\.\/)?(?:[^/]+\/){1,6}[^/]+\.(?:c|cc|cpp|cxx)$/
const C_SIZE = MiB / 64

/** What is compiled: all of it together has a limit. */
export const isCompiled = (path: string): boolean => RUST.test(path) || C.test(path)

/** `.pth` and `.start` files where a scheme may lead to site-packages: the install tree knows which ones do. */
const START_FILES = /^(?:\.?\/)*(?:[^/]+\.data\/(?:.*\/)?)?[^/]+\.(?:pth|start)$/s

/** Paths in a wheel whose text rules read, and how much of it is kept. */
const WHEEL_TEXTS: readonly (readonly [RegExp, (limits: Limits, header: MemberHeader) => number])[] = [
  [/^[^/]+\.dist-info\/RECORD$/, limits => limits.recordSize],
  [/^[^/]+\.dist-info\/METADATA(?:\.json)?$/, metadataSize],
  [/^[^/]+\.dist-info\/(?:WHEEL|LINKS|entry_points\.txt|top_level\.txt|variant\.json)$/, limits => limits.textSize],
  [/^[^/]+\.dist-info\/sboms\/./, limits => limits.textSize],
  [/^[^/]+\.dist-info\/(?:direct_url\.json|(?:namespace_packages|dependency_links)\.txt)$/, () => SCRIPT_SIZE],
  // What twine may use as the metadata: see sent-metadata.ts.
  [/^(?=.*METADATA)[^/]*(?:\/[^/]*)?$/s, () => SCRIPT_SIZE],
  [START_FILES, () => SCRIPT_SIZE],
  [/^[^/]+\.data\/scripts\/[^/]+$/, () => SCRIPT_SIZE],
  [SECRETS, () => SECRETS_SIZE],
  [SERVICE_KEYS, serviceKeySize],
]

/** The same for an sdist. */
const SDIST_TEXTS: readonly (readonly [RegExp, (limits: Limits, header: MemberHeader) => number])[] = [
  [/^(?:\.\/)?[^/]+\/(?:PKG-INFO|METADATA\.json)$/, metadataSize],
  [/^(?:\.\/)?[^/]+\/(?:pyproject\.toml|setup\.cfg)$/, limits => limits.textSize],
  [/^(?:\.\/)?[^/]+\/(?:setup\.py|MANIFEST\.in|CMakeLists\.txt)$/, () => SCRIPT_SIZE],
  [
    /^(?:\.\/)?(?:[^/]+\/){1,3}[^/]+\.egg-info\/(?:PKG-INFO|entry_points\.txt|requires\.txt|top_level\.txt|SOURCES\.txt)$/,
    limits => limits.textSize,
  ],
  // What builds name in turn.
  [/^(?:\.\/)?(?:[^/]+\/){1,5}(?:meson\.build|CMakeLists\.txt|Cargo\.toml)$/, () => SCRIPT_SIZE],
  // What the modules of a crate are named in.
  [RUST, () => RUST_SIZE],
  [C, () => C_SIZE],
  // What setuptools may take requirements from.
  [/^(?:\.\/)?[^/]+\/(?:requirements\/|[\w.-]{0,30}requirements)[\w.-]{0,30}\.(?:txt|in)$/i, () => SECRETS_SIZE],
  // Where projects keep the version.
  [/^(?:\.\/)?(?:[^/]+\/){1,4}_?version(?:\.txt)?$/i, () => SECRETS_SIZE],
  [/^(?:\.\/)?(?:[^/]+\/){1,4}__about__\.py$/, () => SCRIPT_SIZE],
  [/^(?:\.\/)?[^/]+\/README(?:\.[A-Za-z]{1,10})?$/i, () => README_SIZE],
  [SECRETS, () => SECRETS_SIZE],
  [SERVICE_KEYS, serviceKeySize],
]

/** How many bytes of a member are kept as text; 0 for most. */
export function keptSize(kind: 'wheel' | 'sdist', header: MemberHeader, limits: Limits): number {
  if (header.type !== 'file') return 0
  for (const [pattern, size] of kind === 'wheel' ? WHEEL_TEXTS : SDIST_TEXTS)
    if (pattern.test(header.path)) return size(limits, header)
  return 0
}

/** Names that say what a file contains: leftovers of tools in both kinds, and binaries in an sdist. */
const HEADS = {
  wheel: /(?:^|\/)(?:\.DS_Store|\._[^/]+|[^/]+\.(?:py[co]|sw[op]))$/,
  sdist:
    /(?:^|\/)(?:\.DS_Store|\._[^/]+|[^/]+\.(?:py[co]|sw[op]|pyd|dll|dylib|exe|obj|o|a|lib|class|jar|so(?:\.[0-9]+)*))$/,
}
const HEAD_SIZE = 16

/** How many of a member's first bytes are kept. */
export const headSize = (kind: 'wheel' | 'sdist', { type, path }: MemberHeader): number =>
  type === 'file' && HEADS[kind].test(path) ? HEAD_SIZE : 0

/** Stored bytes from which one buffer takes them all, so that a long text is not held twice. */
const ONE_BUFFER = MiB

/** Keeps up to `limit` bytes of a member, which is said to have `expected` bytes. */
export function keeper(member: string, limit: number, done: (kept: Kept) => void, expected = 0): Consumer {
  const chunks: Uint8Array[] = []
  let buffer: Uint8Array | undefined
  let size = 0
  let stored = 0
  return {
    write(chunk) {
      size += chunk.length
      if (stored === limit) return
      const part = chunk.subarray(0, limit - stored)
      if (!buffer && stored + part.length > ONE_BUFFER)
        buffer = grown(joined(chunks.splice(0)), stored, Math.min(limit, Math.max(expected, ONE_BUFFER * 2)))
      if (buffer) {
        if (stored + part.length > buffer.length)
          buffer = grown(buffer, stored, Math.min(limit, stored * 2 + part.length))
        buffer.set(part, stored)
      } else chunks.push(part.slice())
      stored += part.length
    },
    end() {
      done({ member, bytes: buffer?.subarray(0, stored) ?? joined(chunks), size, cut: size > stored })
    },
  }
}

function grown(bytes: Uint8Array, used: number, size: number): Uint8Array {
  const larger = new Uint8Array(size)
  larger.set(bytes.subarray(0, used))
  return larger
}
