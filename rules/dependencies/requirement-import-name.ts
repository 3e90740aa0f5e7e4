import { within } from '../../src/place.js'
import { finding, quote, rule } from '../../src/rule.js'
import { dependencies } from '../../src/views/dependencies.js'
import { DEPENDENCY_SPECIFIERS } from '../shared/specifications.js'

/** Module names that are mistaken for project names, and the projects that provide the modules. */
const PROJECTS = new Map([
  ['bs4', 'beautifulsoup4'],
  ['sklearn', 'scikit-learn'],
  ['skimage', 'scikit-image'],
  ['cv2', 'opencv-python'],
  ['yaml', 'PyYAML'],
  ['pil', 'Pillow'],
  ['dateutil', 'python-dateutil'],
  ['crypto', 'pycryptodome'],
  ['dotenv', 'python-dotenv'],
  ['jwt', 'PyJWT'],
  ['serial', 'pyserial'],
  ['usb', 'pyusb'],
  ['zmq', 'pyzmq'],
  ['fitz', 'PyMuPDF'],
  ['docx', 'python-docx'],
  ['pptx', 'python-pptx'],
  ['mysqldb', 'mysqlclient'],
  ['openssl', 'pyOpenSSL'],
  ['wx', 'wxPython'],
  ['win32api', 'pywin32'],
  ['nacl', 'PyNaCl'],
])

export default rule({
  id: 'requirement-import-name',
  topic: 'dependencies',
  severity: 'warning',
  applies: ['wheel', 'sdist', 'source-tree'],
  enforcedBy: [],
  force: 'none',
  source: 'Dependency specifiers',
  url: DEPENDENCY_SPECIFIERS,
  summary: 'A requirement names a module instead of the project that provides it.',
  why: 'The index has a different project of that name, a placeholder, or none.',
  fix: 'Require the project that provides the module, by its project name.',
  precision: 'high',
  bad: [
    { wheel: { metadata: { 'Requires-Dist': 'bs4' } } },
    { wheel: { metadata: { 'Requires-Dist': 'python>=3.10' } } },
  ],
  good: { wheel: { metadata: { 'Requires-Dist': 'beautifulsoup4' } } },
  *check({ metadata, project }) {
    for (const { field, requirement, name } of dependencies(metadata)) {
      if (name === 'python' && requirement.url === undefined)
        yield finding(within(field, requirement.name), 'Python is not a project on PyPI, so nothing can install it.', {
          help: project => `Remove the requirement, and declare the versions as ${project.key('Requires-Python')}.`,
        })
      const better = PROJECTS.get(name)
      if (better !== undefined && project !== name && requirement.url === undefined)
        yield finding(
          within(field, requirement.name),
          `${quote(requirement.name)} is the name of a module; the project that provides it is ${quote(better)}.`,
        )
    }
  },
})
