import type { Wheel } from '../../src/distribution/distribution.js'
import { finding, quote, rule } from '../../src/rule.js'
import { isStdlibModule } from '../../src/standards/import-name.js'
import { canonicalName } from '../../src/standards/name.js'
import { dependencies, isOptional } from '../../src/views/dependencies.js'
import { importChain } from '../../src/views/import-chain.js'
import { projectsOf, provides } from '../../src/views/module-projects.js'

/** Modules of programs that run Python of others, and of systems: no project on an index has them. */
const HOSTS =
  /^(?:bpy\w*|bmesh|mathutils|bgl|gpu|freestyle|maya|pymel|hou|nuke\w*|c4d|unreal|ida\w*|idc|sublime\w*|gdb|lldb|krita|FreeCAD\w*|Part|qgis|arcpy|gimp\w*|xbmc\w*|sd|substance_painter|omni|pxr|carb|isaac\w*|ROOT|js|pyodide\w*|micropip|machine|micropython|board|microcontroller|digitalio|busio|adafruit_\w+|vim|weechat|hexchat|gi|dbus|apt\w*|rpm|selinux|semanage|systemd|cups|dbutils|rclpy|rospy|std_msgs|geometry_msgs|ament_\w+|launch\w*|clr|System|java\w*|org|com|pyb|ui|objc_util|google|lib|salt|supybot|burp|pymol|chimera\w*|vapoursynth|Draft|App|Gui|PyKCS11|mod_python|uwsgi\w*|_\w*)$/

/** Groups of entry points whose host is there when they are loaded: it has the modules. */
const HOST_OF: ReadonlyMap<string, readonly string[]> = new Map([
  ['pytest11', ['pytest', 'pluggy', 'py', 'packaging']],
  ['distutils.commands', ['setuptools', 'distutils']],
  ['distutils.setup_keywords', ['setuptools']],
  ['egg_info.writers', ['setuptools']],
  ['sphinx.html_themes', ['sphinx', 'docutils']],
  ['babel.extractors', ['babel']],
  ['flake8.extension', ['flake8', 'pycodestyle']],
])

export default rule({
  id: 'import-undeclared',
  topic: 'dependencies',
  severity: 'warning',
  applies: ['wheel'],
  enforcedBy: [],
  force: 'none',
  source: 'Core metadata specifications, "Requires-Dist"',
  url: 'https://packaging.python.org/en/latest/specifications/core-metadata/#requires-dist-multiple-use',
  summary: 'A package imports a module of another project, and no requirement names that project.',
  why: 'In a fresh environment the import fails, or it works only as long as another requirement installs the module.',
  fix: 'Add the project to `dependencies`, or import it where it is needed and tell users what to install.',
  status: 'strict',
  precision: 'high',
  absence: 'content',
  needs: ['python-imports'],
  bad: [
    { wheel: { files: { 'demo/__init__.py': 'import requests\n' } } },
    {
      wheel: {
        metadata: { 'Requires-Dist': 'click' },
        files: {
          'demo/__init__.py': 'from .config import load\n',
          'demo/config.py': 'import yaml\n\nload = yaml.safe_load\n',
        },
      },
    },
    {
      wheel: {
        metadata: { 'Requires-Dist': 'rich; extra == "ui"', 'Provides-Extra': 'ui' },
        files: { 'demo/__init__.py': 'from rich import print\n' },
      },
    },
  ],
  good: [
    {
      wheel: {
        metadata: { 'Requires-Dist': 'PyYAML' },
        files: {
          'demo/__init__.py':
            'import json\nfrom typing import TYPE_CHECKING\n\nimport yaml\n\ntry:\n    import numpy\nexcept ImportError:\n    numpy = None\nif TYPE_CHECKING:\n    import pandas\n',
        },
      },
    },
    { wheel: { metadata: { 'Requires-Dist': 'pandas' }, files: { 'demo/__init__.py': 'import numpy\n' } } },
    {
      wheel: {
        entryPoints: '[pytest11]\ndemo = demo\n',
        files: { 'demo/__init__.py': 'import pytest\n' },
      },
    },
    {
      wheel: {
        metadata: { 'Requires-Dist': 'click; extra == "cli"', 'Provides-Extra': 'cli' },
        entryPoints: '[console_scripts]\ndemo = demo.cli:main\n',
        files: { 'demo/cli.py': 'import click\n\n\n@click.command()\ndef main(): ...\n' },
      },
    },
    { wheel: { metadata: { 'Requires-Dist': 'other' }, files: { 'demo/__init__.py': 'import another\n' } } },
  ],
  misses: ['Requires-Dist'],
  *check(wheel) {
    const required = dependencies(wheel.metadata)
    if (wheel.metadata?.first('Requires-External') || wheel.metadata?.first('Requires')) return
    // What extras of other projects bring is theirs to say.
    if (required.some(({ requirement }) => requirement.extras.length > 0)) return
    const always = required.filter(({ requirement }) => !isOptional(requirement))
    const told = new Set<string>()
    for (const { chain, module } of importChain(wheel).foreign) {
      const [top = ''] = module.split('.')
      const last = chain.at(-1)
      if (!last || told.has(top) || isStdlibModule(top) || HOSTS.test(top) || top === 'pkg_resources') continue
      if (ofHost(wheel, top)) continue
      const projects = projectsOf(top)
      // Anything may come with a requirement that is not known.
      if (projects.length === 0 && required.length > 0) continue
      if (always.some(one => provides(one, top))) continue
      const extras = required.filter(
        ({ requirement, name }) =>
          isOptional(requirement) && (projects.map(canonicalName).includes(name) || name === canonicalName(top)),
      )
      // A command may be for those who install the extra.
      if (extras.length > 0 && chain[0]?.module.includes('.')) continue
      told.add(top)
      const [project = top] = projects
      yield finding(
        { member: last.member, line: last.line, column: last.column },
        `${last.path}:${last.line} imports ${module}, but ${extras.length > 0 ? `only an extra requires ${quote(extras[0]?.requirement.name ?? '')}` : `no requirement names ${projects.length > 0 ? quote(project) : 'a project that has it'}`}.`,
        { subject: top },
      )
    }
  },
})

/** Is the wheel a plugin of the project that has the module? */
const ofHost = (wheel: Wheel, top: string): boolean =>
  (wheel.entryPoints?.entries ?? []).some(
    ({ group }) =>
      HOST_OF.get(group)?.includes(top) === true || group.split(/[._-]/, 1)[0]?.toLowerCase() === top.toLowerCase(),
  )
