import type { Sdist, Wheel } from '../distribution/distribution.js'
import { oncePer } from '../once.js'
import type { ModulePlace } from '../python/script-state.js'
import { readSetupScript } from '../python/setup-script.js'
import { splitLines } from '../text/lines.js'
import { importChain } from './import-chain.js'

/** What the modules do that are imported whenever the distribution is used. */
interface Deed {
  readonly member: string
  readonly path: string
  readonly line: number
  readonly column: number
  /** The file below site-packages, or the distribution. */
  readonly text: string
  /** For a distribution: the function that is asked. */
  readonly call?: string
}

interface OnImport {
  readonly reads: readonly Deed[]
  readonly asks: readonly Deed[]
}

/** Only text that has both is read closely. */
const MAY_READ = /__file__|__path__|\bresources\b|\bpkgutil\b|\bpkg_resources\b/
const READ = /\bopen|\bread_|\bget_data\b|resource_|DLL|LoadLibrary|\bload|genfromtxt|fromfile/
const MAY_ASK = /importlib[._]metadata|\bmetadata\b|\bpkg_resources\b/
const CAUGHT = ['OSError', 'IOError', 'EnvironmentError', 'FileNotFoundError']
/** Does a module try an import, and handle that a file is missing? */
function triesImport(text: string): boolean {
  if (!CAUGHT.some(name => text.includes(name))) return false
  const lines = splitLines(text).map(line => line.trim())
  return (
    lines.some(
      (line, i) =>
        (line.startsWith('try:') || line.includes('suppress(')) &&
        ['from ', 'import '].some(start => lines[i + 1]?.startsWith(start)),
    ) &&
    lines.some(
      line => (line.startsWith('except') || line.includes('suppress(')) && CAUGHT.some(name => line.includes(name)),
    )
  )
}
/** Bytes that are read closely, of one module and of all. */
const LARGEST = 100_000
const MOST = 1_000_000

export const onImport = oncePer((dist: Wheel | Sdist): OnImport => {
  const reads: Deed[] = []
  const asks: Deed[] = []
  let left = MOST
  const chain = importChain(dist).modules
  // An import may be tried, and what it raises be handled, which is not always an ImportError.
  const isTried = chain.some(({ member }) => triesImport(dist.python.get(member)?.text ?? ''))
  for (const { module, member, path, isPackage } of chain) {
    const file = dist.python.get(member)
    if (!file || file.cut || file.size > LARGEST || file.size > left) continue
    const { text } = file
    if (!((MAY_READ.test(text) && READ.test(text)) || MAY_ASK.test(text))) continue
    left -= file.size
    const place: ModulePlace = {
      path,
      name: module,
      isPackage,
      isFile: name => dist.members.has(`${member.slice(0, -path.length)}${name.replaceAll('.', '/')}.py`),
    }
    const script = readSetupScript(text, place)
    if (!isTried || !module.includes('.')) for (const one of script.reads) reads.push({ ...one, member, path })
    for (const one of script.asks) asks.push({ ...one, member, path })
  }
  return { reads, asks }
})
