import type { Sdist, Wheel } from '../distribution/distribution.js'
import { oncePer } from '../once.js'
import { type ModulePlace, readSetupScript } from '../python/setup-script.js'
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
/** Bytes that are read closely, of one module and of all. */
const LARGEST = 100_000
const MOST = 1_000_000

export const onImport = oncePer((dist: Wheel | Sdist): OnImport => {
  const reads: Deed[] = []
  const asks: Deed[] = []
  let left = MOST
  for (const { module, member, path, isPackage } of importChain(dist).modules) {
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
    for (const one of script.reads) reads.push({ ...one, member, path })
    for (const one of script.asks) asks.push({ ...one, member, path })
  }
  return { reads, asks }
})
