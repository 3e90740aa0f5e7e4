import type { Wheel } from '../distribution/distribution.js'
import type { NativeFile } from '../native/index.js'
import { oncePer } from '../once.js'
import type { Sbom, SbomComponent } from '../sbom/sbom.js'
import { canonicalName } from '../standards/name.js'

export const PEP_770 = 'https://peps.python.org/pep-0770/#sbom-data-interoperability'
export const SBOM_FILES =
  'https://packaging.python.org/en/latest/specifications/binary-distribution-format/#the-dist-info-sboms-directory'

/** SBOMs whose content is known: not cut, parsed, of a known version. */
export function readSboms(wheel: Wheel): readonly Sbom[] {
  return wheel.sboms.filter(
    one => (one.format === 'cyclonedx' || one.format === 'spdx') && !one.cut && one.knownVersion && !unparsed(one),
  )
}

/** Was the text not read to its end? In XML that is the only problem that is recorded. */
const unparsed = ({ version, components, syntax, faults }: Sbom) =>
  (version === undefined && components.length === 0) || (syntax === 'xml' && faults.length > 0)

/** Directories that auditwheel, delvewheel and delocate put libraries of other projects into. */
const VENDORED = /(?:^|\/)(?:[^/]+\.libs|\.dylibs)\/[^/]+$/
const LIBRARY = /\.(?:dll|dylib|so(?:\.[0-9A-Za-z_.]{1,100})?)$/i

/** Paths of the libraries that a repair tool copied into the wheel. */
export function vendoredLibraries(wheel: Wheel): readonly string[] {
  return wheel.members.files.map(member => member.path).filter(path => VENDORED.test(path) && LIBRARY.test(path))
}

/** The part of a name that is compared: file systems do not allow longer names. */
const LONGEST_NAME = 255

const basename = (path: string) => path.slice(path.lastIndexOf('/') + 1)

/**
 * A library's name without what differs from build to build: `libgcc_s-0cd532bd.so.1` and `libgcc_s.so.1` are `gcc_s`.
 * Repair tools add a hash of 8 (auditwheel) or 32 (delvewheel) hex digits.
 */
export function libraryStem(path: string): string {
  return basename(path)
    .slice(-LONGEST_NAME)
    .toLowerCase()
    .replace(/-[0-9a-f]{8}(?:[0-9a-f]{24})?(?=\.|$)/, '')
    .replace(/\.(?:dll|dylib|so)(?:\.[0-9a-z_.]{0,100})?$/, '')
    .replace(/^lib(?=.)/, '')
    .replace(/(?:[-._]?[0-9]+)(?:[._][0-9]+)*$/, '')
}

/** What package managers call a library, if the name does not reveal it. */
const PACKAGES: Readonly<Record<string, readonly string[]>> = {
  openssl: ['ssl', 'crypto'],
  xcrypt: ['crypt'],
  gcc: ['gcc_s', 'gomp', 'gfortran', 'quadmath', 'stdc++', 'atomic', 'itm', 'asan', 'ubsan'],
  krb5: ['gssapi_krb5', 'k5crypto', 'krb5support', 'krad', 'kdb5'],
  e2fsprogs: ['com_err', 'uuid'],
  'cyrus-sasl': ['sasl2', 'sasl'],
  sasl: ['sasl2'],
  openldap: ['ldap', 'lber'],
  ldap: ['lber'],
  postgresql: ['pq'],
  pcre: ['pcreposix', 'pcrecpp', 'pcre2'],
  'libjpeg-turbo': ['jpeg', 'turbojpeg'],
  curl: ['curl'],
  glib2: ['glib', 'gobject', 'gio', 'gmodule', 'gthread'],
  ncurses: ['tinfo', 'ncurses', 'ncursesw', 'form', 'menu', 'panel'],
  'util-linux': ['blkid', 'mount', 'uuid', 'smartcols', 'fdisk'],
  zlib: ['z'],
  bzip2: ['bz2'],
  xz: ['lzma'],
  zstd: ['zstd'],
  sqlite: ['sqlite3'],
  expat: ['expat'],
  geos: ['geos', 'geos_c'],
  hdf5: ['hdf5', 'hdf5_hl'],
  nghttp2: ['nghttp2'],
  nss: ['nss', 'nssutil', 'smime', 'ssl', 'softokn', 'freebl'],
  nspr: ['nspr', 'plc', 'plds'],
  selinux: ['selinux'],
  atlas: ['satlas', 'tatlas'],
  glvnd: ['gldispatch'],
  suitesparse: 'amd btf camd ccolamd cholmod colamd cxsparse klu ldl rbio spqr suitesparseconfig umfpack'.split(' '),
}

const SUFFIXES = /(?:[-_]?(?:libs?|devel|dev|static|runtime|common|minimal))+$/
/** A package name as the stem of its library: `bzip2-libs` is `bzip2`, `libgcc` is `gcc`, `libssl3` is `ssl`. */
function packageStem(name: string): string {
  return name
    .toLowerCase()
    .slice(-LONGEST_NAME)
    .replace(/^.*\//, '')
    .replace(SUFFIXES, '')
    .replace(/^lib(?=.)/, '')
}

/** The libraries of a package, where they are known. */
const librariesOf = (component: string): readonly string[] => {
  const whole = packageStem(component)
  return [whole, withoutVersion(whole)].flatMap(name => (Object.hasOwn(PACKAGES, name) ? (PACKAGES[name] ?? []) : []))
}

const withoutVersion = (stem: string) => stem.replace(/[-._]?[0-9]+(?:[.][0-9]+)*$/, '')

/** True when the component may be the library of that stem, by its name or that of its package. */
const isNamed = ({ name, purl }: SbomComponent, stem: string): boolean =>
  isNameOf(name, stem) || (purl !== undefined && isNameOf(purlName(purl), stem))

function isNameOf(component: string, stem: string): boolean {
  const whole = packageStem(component)
  const bare = withoutVersion(whole)
  if (whole === stem || bare === stem || libraryStem(component) === stem) return true
  if (librariesOf(component).some(one => libraryStem(one) === stem)) return true
  // `openblas` is `libopenblas-r0`; two letters say nothing.
  const short = bare.length < stem.length ? bare : stem
  const long = short === bare ? stem : bare
  return short.length >= 3 && (long.startsWith(short) || long.includes(`_${short}`) || long.includes(`-${short}`))
}

interface Contents {
  /** As in RECORD. */
  readonly hashes: ReadonlySet<string>
  readonly names: ReadonlySet<string>
  readonly paths: readonly string[]
  readonly stems: ReadonlySet<string>
}

/** A SHA-256 in hex, as SBOMs have it, in RECORD's spelling; undefined for anything else. */
function recordDigest(hex: string): string | undefined {
  if (!/^[0-9a-f]{64}$/i.test(hex)) return undefined
  const bytes = hex.replace(/../g, pair => String.fromCharCode(Number.parseInt(pair, 16)))
  return btoa(bytes).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '')
}

const hasDigest = ({ sha256 }: SbomComponent, test: (digest: string) => boolean): boolean =>
  sha256.some(hex => {
    const digest = recordDigest(hex)
    return digest !== undefined && test(digest)
  })

/** SHA-256, names and library stems of a wheel's files. */
function contentsOf(wheel: Wheel): Contents {
  const paths = wheel.members.files.map(member => member.path)
  const stems = [...paths.filter(path => LIBRARY.test(path)), ...[...wheel.natives.values()].flatMap(sonames)]
  return {
    hashes: new Set(wheel.members.files.map(member => member.sha256)),
    names: new Set(paths.map(path => basename(path).toLowerCase())),
    paths,
    stems: new Set(stems.map(libraryStem)),
  }
}

/** The names that a library calls itself. */
function sonames(file: NativeFile): readonly string[] {
  if (file.format === 'elf') return file.soname === undefined ? [] : [file.soname]
  if (file.format === 'macho') return file.slices.flatMap(slice => slice.id ?? [])
  return []
}

/** The component that stands for a vendored library. */
export function componentFor(
  wheel: Wheel,
  path: string,
  components: readonly SbomComponent[],
): SbomComponent | undefined {
  const member = wheel.members.get(path)
  const native = wheel.natives.get(path)
  const stems = new Set([path, ...(native ? sonames(native) : [])].map(libraryStem))
  return components.find(
    one =>
      hasDigest(one, digest => digest === member?.sha256) ||
      one.paths.some(place => stems.has(libraryStem(place))) ||
      (!one.primary && [...stems].some(stem => isNamed(one, stem))),
  )
}

/** Is a file of the wheel this component? By SHA-256, by library name, or by a name and version in a path. */
function isInside({ hashes, names, paths, stems }: Contents, component: SbomComponent): boolean {
  if (hasDigest(component, digest => hashes.has(digest))) return true
  for (const place of [component.name, ...component.paths]) {
    if (names.has(basename(place).toLowerCase())) return true
    if (LIBRARY.test(place) && stems.has(libraryStem(place))) return true
  }
  for (const stem of stems) if (isNamed(component, stem)) return true
  return namedInPath(paths, component)
}

/** Package types of what a repair tool copied from the system. */
const SYSTEM: ReadonlySet<string> = new Set(['rpm', 'deb', 'apk', 'alpm'])

/** What SBOMs and the wheel do not have in common. */
export interface Unpaired {
  /** Files that an SBOM lists and the wheel does not contain. */
  readonly files: ReadonlySet<SbomComponent>
  /** The same for packages of the system, whose libraries a repair tool copies. */
  readonly packages: ReadonlySet<SbomComponent>
  /** Paths of copied libraries that no component stands for. */
  readonly libraries: readonly string[]
}

/**
 * Pairs components and files by SHA-256, name and version. The name of a package need not tell which libraries it has: what is
 * left of such packages and of the copied libraries is taken for one another.
 */
export const unpaired = oncePer((wheel: Wheel): Unpaired => {
  const components = readSboms(wheel).flatMap(one => one.components)
  const contents = contentsOf(wheel)
  const missing = components.filter(one => !one.primary && !one.nested && !isInside(contents, one))
  const packages = missing.filter(one => !one.isFile && SYSTEM.has(purlType(one.purl) ?? ''))
  const libraries = vendoredLibraries(wheel).filter(path => componentFor(wheel, path, components) === undefined)
  const unclear = packages.filter(one => librariesOf(one.name).length === 0)
  const taken = unclear.length > 0 && libraries.length > 0
  return {
    files: new Set(missing.filter(one => one.isFile)),
    packages: new Set(taken ? packages.filter(one => !unclear.includes(one)) : packages),
    libraries: taken ? [] : libraries,
  }
})

/** `highlight-11.12.0.min.js`, `pip-26.2.1-py3-none-any.whl`. */
function namedInPath(paths: readonly string[], { name, version }: SbomComponent): boolean {
  if (version === undefined || name.length < 2) return false
  const wanted = canonicalName(basename(name))
  return paths.some(path => {
    const at = path.indexOf(version)
    if (at <= 0) return false
    const start = path.lastIndexOf('/', at) + 1
    return canonicalName(path.slice(start, at)).replace(/-(?:v|r)?$/, '') === wanted
  })
}

/** The package type of a package URL: `pypi` in `pkg:pypi/demo@1.0`. */
export function purlType(purl: string | undefined): string | undefined {
  return /^pkg:([A-Za-z0-9.+-]+)\//.exec(purl ?? '')?.[1]?.toLowerCase()
}

/** The name in a package URL without its namespace. */
export function purlName(purl: string): string {
  const path = purl.replace(/[?#].*$/s, '').replace(/^pkg:\/*/, '')
  const last = path.slice(path.lastIndexOf('/') + 1).replace(/@.*$/s, '')
  try {
    return decodeURIComponent(last)
  } catch {
    return last
  }
}
