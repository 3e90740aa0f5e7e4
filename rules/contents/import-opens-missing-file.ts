import type { Sdist, Wheel } from '../../src/distribution/distribution.js'
import { topOf } from '../../src/python/module-name.js'
import { finding, quote, rule } from '../../src/rule.js'
import { builtModules } from '../../src/views/built-modules.js'
import { installed } from '../../src/views/install-tree.js'
import { provides } from '../../src/views/module-projects.js'
import { onImport } from '../../src/views/on-import.js'
import { hasPrefixModules, hasStartFile, isShared, pythonModules } from '../../src/views/python-modules.js'
import { requiredBy } from '../../src/views/required.js'
import { missing } from '../shared/missing.js'

export default rule({
  id: 'import-opens-missing-file',
  topic: 'contents',
  severity: 'error',
  applies: ['wheel', 'sdist'],
  enforcedBy: ['interpreter'],
  force: 'none',
  source: 'The Python Standard Library, "open" and "importlib.resources"',
  url: 'https://docs.python.org/3/library/importlib.resources.html',
  summary: 'A module opens a file of its package when it is imported, and the file is missing.',
  why: 'Importing the package, or running its command, raises FileNotFoundError.',
  fix: 'Include the file in the package, or open it in the function that needs it.',
  byHand: 'Only a person knows where the file is.',
  precision: 'high',
  absence: 'content',
  needs: ['python-imports'],
  bad: [
    {
      wheel: {
        files: {
          'demo/__init__.py':
            'from pathlib import Path\n\n__version__ = (Path(__file__).parent / "VERSION").read_text().strip()\n',
        },
      },
    },
    {
      wheel: {
        files: {
          'demo/__init__.py': 'from . import core\n',
          'demo/core.py':
            'import json\nimport os\n\nhere = os.path.abspath(os.path.dirname(__file__))\nwith open(os.path.join(here, "data", "words.json")) as file:\n    WORDS = json.load(file)\n',
          'demo/data/other.json': '{}',
        },
      },
    },
    {
      wheel: {
        files: {
          'demo/__init__.py':
            'from importlib.resources import files\n\n\ndef _load():\n    return files(__package__).joinpath("schema.sql").read_text()\n\n\nSQL = _load()\n',
        },
      },
    },
    {
      wheel: {
        files: { 'demo/__init__.py': 'import pkgutil\n\nSQL = pkgutil.get_data(__name__, "schema.sql")\n' },
      },
    },
  ],
  good: [
    {
      wheel: {
        files: {
          'demo/__init__.py': 'try:\n    from .words import WORDS\nexcept FileNotFoundError:\n    WORDS = ""\n',
          'demo/words.py': 'from pathlib import Path\n\nWORDS = (Path(__file__).parent / "words.txt").read_text()\n',
        },
      },
    },
    {
      wheel: {
        metadata: { 'Requires-Dist': 'attrs', 'Requires-Python': '>=3.10' },
        files: {
          'demo/__init__.py': 'from . import calls, contexts, leaves, lazy, modes, names, places\n',
          // What a function, a class or a decorator does is not always followed.
          'demo/calls.py':
            'from functools import cache\nfrom pathlib import Path\n\nHERE = Path(__file__).parent\n\n\n@cache\ndef ensure():\n    (HERE / "a.json").write_text("{}")\n\n\nclass Store(dict):\n    def __init__(self):\n        (HERE / "b.json").write_text("{}")\n\n\nensure()\nStore()\nA = (HERE / "a.json").read_text()\nB = (HERE / "b.json").read_text()\n',
          'demo/contexts.py':
            'from contextlib import suppress\nfrom pathlib import Path\n\nHERE = Path(__file__).parent\nwith suppress(OSError), open(HERE / "c.json") as file:\n    C = file.read()\n',
          'demo/leaves.py':
            'import sys\nfrom pathlib import Path\n\nHERE = Path(__file__).parent\n\n\ndef first():\n    for path in sys.path:\n        return path\n    return (HERE / "d.json").read_text()\n\n\ndef second():\n    match sys.platform:\n        case _:\n            return 1\n    return (HERE / "e.json").read_text()\n\n\nfirst()\nsecond()\n',
          'demo/lazy.py':
            'from pathlib import Path\n\nHERE = Path(__file__).parent\nLINES = (open(path) for path in [HERE / "f.json"])\n',
          'demo/modes.py':
            'import os\nfrom pathlib import Path\n\nHERE = Path(__file__).parent\nMODE = {"mode": "w"}\none = open(HERE / "g.json", **MODE)\ntwo = open(HERE / "h.json", opener=lambda path, flags: os.open(path, flags | os.O_CREAT))\n',
          'demo/names.py':
            'from pathlib import Path\n\nHERE = Path(__file__).parent\nCACHE = HERE / "i.json"\nDATA = HERE / "j.json"\n\n\ndef change():\n    global CACHE\n    CACHE = HERE / "names.py"\n\n\nchange()\nTEXT = CACHE.read_text()\nfrom .paths import DATA\n\nMORE = DATA.read_text()\n',
          'demo/paths.py': 'from pathlib import Path\n\nDATA = Path(__file__)\n',
          'demo/places.py':
            'import pkgutil\nfrom pathlib import Path\n\nONE = pkgutil.get_data("demo.paths", "words.txt")\nTWO = (Path(__file__).parents[1] / "attr" / "py.typed").read_bytes()\n',
          'demo/words.txt': 'x',
        },
      },
    },
    {
      wheel: {
        files: {
          'demo/__init__.py':
            'import os\nfrom importlib import resources\nfrom pathlib import Path\n\nHERE = Path(__file__).parent\nSQL = resources.read_text("demo", "schema.sql")\ntry:\n    version = (HERE / "VERSION").read_text()\nexcept OSError:\n    version = "0"\nif (HERE / "words.txt").exists():\n    words = (HERE / "words.txt").read_text()\nlog = open(os.path.join(os.path.dirname(__file__), "demo.log"), "a")\nsettings = open("settings.ini").read() if os.path.isfile("settings.ini") else ""\n\n\ndef load():\n    return (HERE / "data.json").read_text()\n',
          'demo/schema.sql': 'select 1;\n',
        },
      },
    },
    {
      wheel: {
        files: {
          'demo/__init__.py':
            'from pathlib import Path\n\nfrom .make import ensure\n\nCACHE = Path(__file__).parent / "cache.json"\nensure(CACHE)\nDATA = CACHE.read_text()\nOTHER = open("config.ini").read()\n',
          'demo/make.py': 'def ensure(path):\n    path.write_text("{}")\n',
        },
      },
    },
  ],
  *check(dist) {
    const { reads } = onImport(dist)
    if (reads.length === 0 || hasStartFile(dist) || hasPrefixModules(dist)) return
    const built = dist.kind === 'sdist' ? builtModules(dist) : undefined
    if (built?.mayAdd) return
    const modules = built?.modules ?? pythonModules(dist)
    const there = pathsOf(dist)
    const told = new Set<string>()
    for (const { member, path, line, column, text } of reads) {
      const top = topOf(path.split('/')[0]?.replace(/\.py$/, '') ?? '')
      const kind = modules.get(top)?.kind
      // What lies next to the packages, or in a shared folder, may come from other projects.
      if (
        told.has(text) ||
        isOfAnother(dist, text, top) ||
        there.has(text.toLowerCase()) ||
        isShared(dist, top) ||
        (kind !== 'package' && kind !== 'module')
      )
        continue
      if (dist.kind === 'sdist' && built?.mayMake(text.slice(text.lastIndexOf('/') + 1).split('.', 1)[0] ?? ''))
        continue
      told.add(text)
      yield finding(
        { member, line, column },
        `${quote(path)} opens ${quote(text)} when it is imported (line ${line}), and the file is not in the ${dist.kind}: the import fails with FileNotFoundError.`,
        { subject: text, follows: [missing.installed(text)] },
      )
    }
  },
})

/** Is it in a package that something required may install? */
function isOfAnother(dist: Wheel | Sdist, text: string, own: string): boolean {
  const [first = '', ...rest] = text.split('/')
  return rest.length > 0 && first !== own && (requiredBy(dist)?.some(one => provides(one, first)) ?? true)
}

/** Files and folders below site-packages, in lowercase. */
function pathsOf(dist: Wheel | Sdist): ReadonlySet<string> {
  const { root } = dist.kind === 'sdist' ? builtModules(dist) : { root: '' }
  const files =
    dist.kind === 'wheel'
      ? installed(dist).map(({ path }) => path)
      : dist.members.list.flatMap(({ path }) => (path.startsWith(root) ? [path.slice(root.length)] : []))
  const found = new Set<string>()
  for (const file of files) {
    const path = file.toLowerCase()
    found.add(path)
    for (let end = path.lastIndexOf('/'); end > 0; end = path.lastIndexOf('/', end - 1)) {
      const folder = path.slice(0, end)
      if (found.has(folder)) break
      found.add(folder)
    }
  }
  return found
}
