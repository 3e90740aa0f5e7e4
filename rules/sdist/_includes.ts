/** Headers that C sources include and that nobody else can bring. */

import type { Sdist } from '../../src/distribution/distribution.js'
import { groupBy } from '../../src/group-by.js'
import { oncePer } from '../../src/once.js'
import { readModule } from '../../src/python/module.js'
import { quote } from '../../src/rule.js'
import { setupCfg } from '../../src/views/setup-files.js'
import type { MissingInput } from './_missing-input.js'
import { sourceTree, treePath } from './_tree.js'

/** Headers of C, of systems and of Python, which some write in quotes. */
const OF_OTHERS =
  /^(?:[Pp]y\w*|\w*object|abstract|asdl|ast|bitset|ceval|code|codecs|compile|cpython|datetime|dynamic_annotations|errcode|eval|fileutils|frozen\w*|graminit|grammar|import|internal|intrcheck|longintrepr|marshal|metagrammar|modsupport|node|opcode|osdefs|osmodule|parsetok|patchlevel|struct(?:member|seq)|symtable|sysmodule|timefuncs|token|traceback|tracemalloc|ucnhash|warnings|assert|complex|ctype|errno|fenv|float|inttypes|iso646|limits|locale|math|setjmp|signal|std\w+|string|strings|tgmath|threads|time|uchar|wchar|wctype|unistd|fcntl|pthread|dirent|dlfcn|poll|sched|semaphore|termios?|malloc|memory|alloca|endian|byteswap|netdb|ifaddrs|pwd|grp|regex|glob|fnmatch|syslog|utime|iconv|langinfo|libgen|search|spawn|windows|win\w+|ws2\w+|io|process|direct|conio|tchar|psapi|\w*intrin|arm_neon|cpuid|frameobject)\.h(?:pp|h|xx)?$/

/** More of them, of Python, Unix and compilers, and of libraries that compilers find without being told where. */
const OF_SYSTEMS: ReadonlySet<string> = new Set(
  'a.out aio aliases ar argp argz audit bltinmodule bzlib cpio critical_section crypt curses dispatch elf envz err error execinfo expat exports features ffi fmtmsg fpu_control fstab fts ftw gcov gconv getopt gshadow ieee754 kvm lastlog libintl libproc libutil link lock lzma mcheck mm_malloc mntent monetary monitoring mqueue nan ncurses nl_types nss obstack omp opcode_ids openacc paths popt pty printf proc_service quadmath ranlib re_comp refcount regexp resolv sgtty shadow sqlite3 stab stropts syscall sysexits syslimits tar termcap thread_db ttyent ucontext ulimit unwind util utmp utmpx uthash utlist values varargs vis wait wordexp xlocale zconf zlib'.split(
    ' ',
  ),
)

/** What a build writes headers with. */
const MAY_WRITE =
  /\bsubprocess\b|\bos\.(?:system|popen)\b|\bwrite|['"][wax]b?\+?['"]|\bgenerate|\bconfigure|\bshutil\b|\burl|\bpkg_?config\b|\bexec|\brunpy\b|\b(?:touch|symlink|link|rename|renames)\(|\bcffi\b|\bCFLAGS\b|\benviron\b/i

/** What headers are made of. */
const MAKES_HEADER =
  /\.(?:in|src|tmpl|template|tp|mako|j2|jinja2?|pyx|pxd|y|l|i|proto|rl|re|py|awk|pl|m4|ac|def|idl|fbs)$/

const MOST_SOURCES = 200
/** Paths that headers are compared with. */
const MOST_COMPARED = 1_000_000
/** What setup.py names, such as a library. */
const QUOTED = /['"]([\w.+-]{1,100})['"]/g

interface Source {
  /** Below the top directory. */
  readonly path: string
  /** Its Extension gets neither folders of headers nor libraries: what it includes is its own. */
  readonly isAlone: boolean
}

/** Asked for each table of extensions. */
const knownOf = oncePer((sdist: Sdist) => {
  const { files, isFolder } = sourceTree(sdist)
  const script = sdist.texts.get(`${sdist.top}/setup.py`)?.text ?? ''
  const isSet = [...setupCfg(sdist).keys()].some(key => key.startsWith('build_ext.'))
  return {
    isFolder,
    mayWrite: MAY_WRITE.test(script) || isSet || importsOwn(script, files),
    named: new Set(Array.from(script.matchAll(QUOTED), ([, name = '']) => [name, name.replace(/^lib/, '')]).flat()),
    byName: groupBy(files, nameOf),
    makers: new Set([...files].filter(file => MAKES_HEADER.test(file)).map(stemOf)),
  }
})

export function* missingHeaders(sdist: Sdist, sources: readonly Source[], who: string): Generator<MissingInput> {
  const { top, texts, tree } = sdist
  const { mayWrite, isFolder, named, byName, makers } = knownOf(sdist)
  if (mayWrite || tree) return
  const stems = new Set(sources.map(({ path }) => stemOf(path)))
  let compared = 0
  for (const { path, isAlone } of sources.slice(0, MOST_SOURCES)) {
    const clean = treePath(path)
    const kept = clean === undefined ? undefined : texts.get(`${top}/${clean}`)
    if (clean === undefined || !kept || !kept.utf8 || !/\.(?:c|cc|cpp|cxx)$/.test(clean)) continue
    const folder = clean.slice(0, clean.lastIndexOf('/') + 1)
    for (const { header, line } of includesIn(kept.text)) {
      const below = treePath(`${folder}${header}`)
      const name = nameOf(header)
      const stem = stemOf(name)
      const plain = header.replace(/^(?:\.\.?\/)+/, '')
      if (below === undefined || isOfOthers(header, name) || /\.(?:inc|def|c|cc|cpp|cxx|tpp|ipp|i)$/.test(name))
        continue
      const alike = byName.get(name) ?? []
      compared += alike.length
      if (compared > MOST_COMPARED) return
      if (alike.some(file => file === plain || file.endsWith(`/${plain}`))) continue
      // Cython writes `x_api.h` too.
      if (makers.has(stem.replace(/_api$/, ''))) continue
      const isInFolder = header.includes('/') && isFolder(below.slice(0, below.lastIndexOf('/')))
      const isBySource = stems.has(stem) && !named.has(stem)
      if (!isInFolder && (header.includes('/') || !(isAlone || isBySource))) continue
      yield {
        at: { member: `${top}/${clean}`, line },
        who: `${quote(clean)}, ${who}, includes`,
        path: below,
        // Another header may be one that the system has.
        ...(!isInFolder && !isBySource && { instead: 'the build fails, unless the compiler finds it elsewhere' }),
      }
    }
  }
}

/** A module of the sdist that setup.py imports may write headers. */
function importsOwn(script: string, files: ReadonlySet<string>): boolean {
  const { imports } = readModule(script)
  const names = new Set(imports.map(({ level, module }) => (level === 0 ? module.split('.', 1)[0] : undefined)))
  return [...files].some(file => {
    const parts = file.split('/')
    const last = parts.pop() ?? ''
    const name = last === '__init__.py' ? parts.pop() : last.endsWith('.py') ? last.slice(0, -'.py'.length) : undefined
    return name !== undefined && names.has(name)
  })
}

const isOfOthers = (header: string, name: string): boolean =>
  OF_OTHERS.test(name) || (header === name && OF_SYSTEMS.has(name.replace(/\.h$/, '')))

const nameOf = (path: string) => path.slice(path.lastIndexOf('/') + 1)
const stemOf = (path: string) => nameOf(path).split('.', 1)[0] ?? ''

/** `#include "x.h"` outside of comments and conditions. */
function includesIn(text: string): readonly { readonly header: string; readonly line: number }[] {
  const found: { header: string; line: number }[] = []
  let depth = 0
  for (const [index, line] of withoutComments(text).split('\n').entries()) {
    const code = line.trim()
    const [all = '', directive = ''] = code.startsWith('#') ? (/^#[ \t]{0,50}([a-z]{1,50})/.exec(code) ?? []) : []
    if (directive.startsWith('if')) depth++
    else if (directive === 'endif') depth--
    const rest = directive === 'include' && depth === 0 ? code.slice(all.length).trim() : ''
    const header = /^"([\w./+-]+)"/.exec(rest)?.[1]
    if (header !== undefined) found.push({ header, line: index + 1 })
  }
  return found
}

function withoutComments(text: string): string {
  const parts: string[] = []
  let from = 0
  for (let at = text.indexOf('/*'); at >= 0; at = text.indexOf('/*', from)) {
    const end = text.indexOf('*/', at + 2)
    parts.push(text.slice(from, at), text.slice(at, end < 0 ? text.length : end).replace(/[^\n]+/g, ' '))
    from = end < 0 ? text.length : end + 2
  }
  return parts.join('') + text.slice(from)
}
