import type { Consumer, MemberHeader } from '../archive/archive.js'

type Tool = 'pyarmor' | 'sourcedefender'

const MiB = 1024 * 1024
/** PyPI's scanner skips larger members. */
const LARGEST = 5 * MiB

/** Text that PyPI's YARA rules look for in `.py` and `.pye` members (warehouse 6b62157, 2026-08-21). */
const PYARMOR = [
  '__pyarmor__(__name__, __file__,',
  '__pyarmor_enter__',
  '__pyarmor_exit__',
  '__pyarmor_assert__',
  '__pyarmor_bcc__',
]
const SOURCEDEFENDER = ['---BEGIN PYE FILE---', '---END PYE FILE---']
const OVERLAP = Math.max(...PYARMOR.map(text => text.length), ...SOURCEDEFENDER.map(text => text.length)) - 1

/** Looks for the markers of code encryption tools whose output PyPI rejects. */
export const markerScanner = {
  wants: (header: MemberHeader) =>
    header.type === 'file' && /[^/]\.pye?$/i.test(header.path) && header.size > 0 && header.size <= LARGEST,

  consumer(found: (tool: Tool) => void): Consumer {
    const decoder = new TextDecoder('latin1')
    const pye = new Set<string>()
    let tail = ''
    let done = false
    return {
      write(chunk) {
        if (done) return
        const text = tail + decoder.decode(chunk)
        tail = text.slice(-OVERLAP)
        for (const mark of SOURCEDEFENDER) if (text.includes(mark)) pye.add(mark)
        if (text.includes('__pyarmor_') && PYARMOR.some(mark => text.includes(mark))) {
          done = true
          found('pyarmor')
        } else if (pye.size === SOURCEDEFENDER.length) {
          done = true
          found('sourcedefender')
        }
      },
    }
  },
}
