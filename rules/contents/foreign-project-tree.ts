import { finding, quote, rule } from '../../src/rule.js'
import { installed } from '../../src/views/install-tree.js'
import { plural } from '../../src/wording.js'

/** What packaging tools install into site-packages, and which project owns it. */
const TOOLS: ReadonlyMap<string, string> = new Map([
  ['pip', 'pip'],
  ['setuptools', 'setuptools'],
  ['pkg_resources', 'setuptools'],
  ['_distutils_hack', 'setuptools'],
  ['distutils-precedence.pth', 'setuptools'],
  ['wheel', 'wheel'],
])

/** Modules that nearly every environment contains, and which project owns them. */
const WELL_KNOWN: ReadonlyMap<string, string> = new Map(
  `requests urllib3 certifi idna charset_normalizer:charset-normalizer six:six numpy pandas scipy boto3 botocore s3transfer
  yaml:pyyaml dateutil:python-dateutil pytz click flask django jinja2 markupsafe werkzeug sqlalchemy cryptography cffi pycparser
  attr:attrs attrs packaging typing_extensions:typing-extensions pydantic pydantic_core:pydantic-core fastapi starlette uvicorn
  aiohttp httpx httpcore h11 anyio sniffio rich pygments tqdm psutil pytest pluggy virtualenv platformdirs filelock colorama
  twine uv hatchling poetry docutils sphinx lxml PIL:pillow matplotlib sklearn:scikit-learn torch tensorflow transformers
  paramiko fabric celery redis pymongo psycopg2 jwt:pyjwt rsa pyasn1 grpc:grpcio bs4:beautifulsoup4 selenium
  simplejson ujson orjson msgpack toml tomli importlib_metadata:importlib-metadata zipp chardet jsonschema tabulate greenlet
  cv2:opencv nacl:pynacl OpenSSL:pyopenssl Crypto:pycrypto dotenv:python-dotenv zmq:pyzmq git:gitpython win32com:pywin32
  google/protobuf:protobuf google/auth:google-auth google/api_core:google-api-core azure/core:azure-core
  azure/identity:azure-identity zope/interface:zope-interface ruamel/yaml:ruamel-yaml`
    .split(/\s+/)
    .map(pair => {
      const [module = '', owner = module] = pair.split(':')
      return [module, owner] as const
    }),
)

const IN_ANY_CASE: ReadonlyMap<string, string> = new Map(
  [...TOOLS, ...WELL_KNOWN].map(([name, owner]) => [name.toLowerCase(), owner]),
)

const ownerOf = (top: string): string | undefined =>
  TOOLS.get(top) ?? WELL_KNOWN.get(top) ?? IN_ANY_CASE.get(top.toLowerCase())

export default rule({
  id: 'foreign-project-tree',
  topic: 'contents',
  severity: 'error',
  applies: ['wheel'],
  enforcedBy: [],
  force: 'none',
  source: 'Recording installed projects, "The RECORD file"',
  url: 'https://packaging.python.org/en/latest/specifications/recording-installed-packages/',
  summary: 'The wheel installs files into a package of pip, setuptools, wheel or another well-known project.',
  why: 'Installing the wheel changes packaging tools or a package that others rely on, and uninstalling it breaks them. Attackers hide code there.',
  breaks:
    'Installing the wheel changes pip, setuptools or wheel in that environment, and uninstalling it deletes their files.',
  fix: 'Move the files into a package that belongs to the project.',
  securitySeverity: 7,
  bad: [
    { wheel: { files: { 'pip/_internal/extra.py': 'x = 1\n' } } },
    { wheel: { files: { '{data}/purelib/requests/extra.py': 'x = 1\n' } } },
    { wheel: { files: { 'google/protobuf/extra.py': 'x = 1\n' } } },
    { wheel: { files: { 'Requests/extra.py': 'x = 1\n' } } },
  ],
  good: [
    { wheel: { files: { 'demo/pip/__init__.py': '', 'setuptools_demo/__init__.py': '' } } },
    { wheel: { name: 'setuptools', version: '90.0', files: { '_distutils_hack/__init__.py': '' } } },
    { wheel: { name: 'google-cloud-demo', version: '1.0', files: { 'google/cloud/demo/__init__.py': '' } } },
    { wheel: { name: 'tensorflow-cpu', version: '2.20', files: { 'tensorflow/__init__.py': '' } } },
  ],
  *check(wheel) {
    const found = new Map<string, { member: string; count: number }>()
    for (const { parts, member } of installed(wheel)) {
      const project = wheel.project ?? ''
      const top = [parts[0]?.replace(/\.pyi?$/, '') ?? '', parts.slice(0, 2).join('/')].find(name =>
        isForeign(name, project),
      )
      if (top === undefined) continue
      const row = found.get(top)
      if (row) row.count++
      else found.set(top, { member: member.path, count: 1 })
    }
    for (const [top, { member, count }] of found)
      yield finding(
        { member },
        `The wheel installs ${plural(count, 'file')} into ${quote(top)}, which belongs to ${ownerOf(top)}${TOOLS.has(top) || WELL_KNOWN.has(top) ? '' : ' on systems that ignore case'}.`,
        { subject: top, ...(!TOOLS.has(top) && { severity: 'warning' }) },
      )
  },
})

function isForeign(top: string, project: string): boolean {
  const tool = TOOLS.get(top)
  // pkg_resources and distutils belonged to distribute before it merged into setuptools.
  if (tool !== undefined) return tool !== project && !(tool === 'setuptools' && project === 'distribute')
  const owner = ownerOf(top)
  // Forks and builds of a project contain its name in theirs: tensorflow-cpu, psycopg2-binary.
  return owner !== undefined && !project.includes(owner) && !project.includes(top.toLowerCase().replaceAll('_', '-'))
}
