/** What a Python file downloads and starts while it is imported, as far as its text tells. */

import { append } from '../append.js'
import { linesOf, type Position } from '../text/lines.js'
import { parsePython } from './parse.js'
import type { Call, Expression, Statement } from './tree.js'
import { blocksOf, dottedName, expressionsIn, ownExpressions } from './walk.js'

export interface OnImport {
  /** Calls that fetch something from the network, and those that connect to a server which then drives a program. */
  readonly downloads: readonly Deed[]
  /** Calls that start a program, or run text as code. */
  readonly starts: readonly Deed[]
  /** Calls that run code which the file itself contains in a form that nobody can read. */
  readonly decodes: readonly Deed[]
}

interface Deed extends Position {
  /** As it is called: `subprocess.run`. */
  readonly call: string
  /** It connects to a server that writes the input of the program. */
  readonly isRemote?: boolean
}

const FETCH =
  /^(?:urllib\.request\.(?:urlopen|urlretrieve)|urllib2?\.(?:urlopen|urlretrieve)|(?:requests|httpx)(?:\.api)?\.(?:get|post|request|stream)|urllib3\.request|wget\.download|aiohttp\.(?:request|ClientSession)|http\.client\.HTTPS?Connection|socket\.create_connection)$/
const START =
  /^(?:subprocess\.(?:run|Popen|call|check_call|check_output|getoutput|getstatusoutput)|os\.(?:system|popen|startfile|exec[lv]\w*|spawn[lv]\w*|posix_spawnp?)|runpy\.run_(?:path|module)|pty\.spawn|exec|eval)$/
const START_LATER = /^asyncio\.create_subprocess_(?:shell|exec)$/
/** It installs what it is told to. */
const INSTALL = /^pip(?:\._internal(?:\.(?:cli\.)?main)?)?\.main$/
/** They run code that they are given as bytes. */
const LOAD = /^(?:c?[Pp]ickle|marshal|dill|cloudpickle)\.loads?$/
/** They load a library, and run its start. */
const LIBRARY = /^ctypes\.(?:(?:C|Win|Ole|Py)DLL|(?:c|win|ole|py)dll\.LoadLibrary)$/
/** They make code of what is written in another form. */
const DECODE =
  /^(?:base64\.(?:(?:(?:standard_|urlsafe_)?b64|b16|b32|a85|b85)decode|decodebytes)|(?:zlib|bz2|lzma|gzip)\.decompress|marshal\.loads|codecs\.decode|binascii\.(?:unhexlify|a2b_\w+)|(?:bytes|bytearray)\.fromhex)$/
const MAY_DECODE = /b(?:16|32|64)decode|85decode|decodebytes|decompress|marshal|codecs|unhexlify|a2b_|fromhex/
const RUN_TEXT = /\b(?:exec|eval)\b/
/** Shorter ones are words. */
const LEAST_ENCODED = 40
/** Programs that download. */
const FETCHING =
  /(?:^|[\s\0/\\"'])(?:curl|wget|bitsadmin|certutil|iwr|Invoke-WebRequest)(?:\.exe)?[\s\0][\s\S]{0,1000}(?:https?|ftp):/i
const INSTALLING = /(?:^|[\s\0])(?:pip3?|easy_install|uv)[\s\0]+(?:pip[\s\0]+)?install[\s\0]/
/** What a shell starts behind a download. */
const STARTING =
  /[|;&]\s*(?:sudo\s+)?(?:(?:ba|z|da|k)?sh|python[\d.]*|perl|node|powershell|start|\.{0,2}[\\/][\w.\\/-]+|[\w.-]+\.(?:exe|sh|bat|ps1))\b|\b(?:iex|Invoke-Expression)\b/i
/** What lies here already: `pip install -e .`. */
const INSTALLING_HERE = /(?:^|[\s\0])install[\s\0]+(?:-\w+[\s\0]+){0,3}\.{1,2}(?:[\s\0/[]|$)/
/** Text that both kinds need: most files have none of it. */
const MAY_FETCH =
  /iwr|aiohttp|urlopen|urlretrieve|requests|httpx|urllib3|wget|curl|bitsadmin|certutil|WebRequest|install|HTTPS?Connection|create_connection|fileno/
const MAY_START = /subprocess|\bpty\b|\bpip\b|\bos\b|\bexec\b|\beval\b|runpy|pickle|marshal|dill|ctypes/
/** Calls that run a function that they are given. */
const RUNNERS = /(?:^|\.)(?:Thread|Process|Timer|start_new_thread|submit|run_in_executor|run|map)$/

/** Undefined where nothing is fetched, and nothing decoded. */
export function onImport(text: string): OnImport | undefined {
  const mayDecode = MAY_DECODE.test(text) && RUN_TEXT.test(text)
  if (!mayDecode && !(MAY_FETCH.test(text) && MAY_START.test(text))) return undefined
  const { body } = parsePython(text)
  const names = qualifiedNames(body)
  const functions = new Map<string, readonly Statement[]>()
  for (const one of body) {
    if (one.kind === 'def') functions.set(one.name, one.body)
    if (one.kind !== 'class') continue
    for (const method of one.body)
      if (method.kind === 'def')
        functions.set(method.name === '__init__' ? one.name : `${one.name}.${method.name}`, method.body)
  }
  const downloads: (Omit<Deed, keyof Position> & { readonly at: number })[] = []
  const starts: typeof downloads = []
  const decodes: typeof downloads = []
  /** The strings given to what fetches. */
  const fetched: string[] = []
  /** Sockets that are connected, and those that become the input of programs: a reverse shell has both. */
  const connected = new Map<string, (typeof downloads)[number]>()
  const driving = new Set<string>()
  const called = new Set<string>()
  const dictionaries = new Map<string, Expression>()
  for (const one of body) {
    const [target] = one.kind === 'assign' ? one.targets : []
    if (one.kind === 'assign' && target?.kind === 'name' && one.value) dictionaries.set(target.name, one.value)
  }
  const left: (readonly Statement[])[] = [body]

  /** Is what is run decoded from a literal? A name of the module stands for what it is given. */
  const isDecoded = (value: Expression): boolean => {
    const parts = [...expressionsIn(value)]
    const given = parts.flatMap(part => (part.kind === 'name' ? (dictionaries.get(part.name) ?? []) : []))
    const all = [...parts, ...expressionsIn(...given)]
    return (
      all.some(part => part.kind === 'call' && DECODE.test(nameOf(part.func) ?? '')) &&
      all.some(part => part.kind === 'string' && !part.formatted && part.end - part.at >= LEAST_ENCODED)
    )
  }
  const nameOf = (value: Expression): string | undefined => {
    // `__import__('os').system`
    if (value.kind === 'attribute' && value.of.kind === 'call') {
      const [first] = value.of.args
      const isImport = /^(?:__import__|(?:importlib\.)?import_module)$/.test(dottedName(value.of.func) ?? '')
      return isImport && first?.value.kind === 'string' ? `${first.value.value}.${value.name}` : undefined
    }
    const written = dottedName(value)
    if (written === undefined) return undefined
    const [first = '', ...rest] = written.split('.')
    return [names.get(first) ?? first, ...rest].join('.')
  }
  const runs = (name: string | undefined) => {
    const inner = name === undefined || called.has(name) ? undefined : functions.get(name)
    if (name === undefined || !inner) return
    called.add(name)
    left.push(inner)
  }
  const look = (call: Call) => {
    const { func } = call
    // `Class().run()`: what it is made by is a call of its own.
    if (func.kind === 'attribute' && func.of.kind === 'call' && func.of.func.kind === 'name')
      runs(`${func.of.func.name}.${func.name}`)
    const name = nameOf(func)
    if (name === undefined) return
    if (func.kind === 'name') runs(func.name)
    if (/^(?:setuptools\.|distutils\.core\.)?setup$/.test(name))
      for (const command of commandsOf(call, dictionaries)) runs(`${command}.run`)
    if (RUNNERS.test(name)) for (const { value } of call.args) if (value.kind === 'name') runs(value.name)
    const found = { call: name, at: call.at }
    const words = wordsIn(call)
    if (func.kind === 'attribute' && func.name === 'connect') connected.set(dottedName(func.of) ?? '', found)
    if (name === 'os.dup2' || START.test(name))
      for (const part of expressionsIn(
        ...call.args.flatMap(({ name: keyword, value }) => (keyword === undefined || keyword === 'stdin' ? value : [])),
      ))
        if (part.kind === 'call' && part.func.kind === 'attribute' && part.func.name === 'fileno')
          driving.add(dottedName(part.func.of) ?? '?')
    if (FETCH.test(name)) {
      downloads.push(found)
      fetched.push(words)
    }
    // What is loaded is what was fetched.
    const isFetched = LOAD.test(name)
      ? [...expressionsIn(...call.args.map(({ value }) => value))].some(
          part => part.kind === 'call' && FETCH.test(nameOf(part.func) ?? ''),
        )
      : LIBRARY.test(name) && words !== '' && fetched.some(one => one.split('\0').includes(words))
    if (isFetched) starts.push(found)
    if (INSTALL.test(name) && /(?:^|\0)install(?:\0|$)/.test(words)) {
      downloads.push(found)
      starts.push(found)
    }
    const [code] = call.args
    if (RUN_TEXT.test(name) && mayDecode && func.kind === 'name' && code && isDecoded(code.value)) decodes.push(found)
    if (!START.test(name) && !START_LATER.test(name)) return
    if (FETCHING.test(words)) downloads.push(found)
    // What is piped into a shell is started with it.
    if (INSTALLING.test(words)) {
      if (INSTALLING_HERE.test(words)) return
      downloads.push(found)
      starts.push(found)
    } else if (!FETCHING.test(words) || STARTING.test(words)) starts.push(found)
  }

  for (let block = left.pop(); block; block = left.pop())
    for (const one of block) {
      // What a name is given runs when it is called.
      const isGiven = one.kind === 'assign' && one.value?.kind === 'lambda'
      for (const part of isGiven ? [] : expressionsIn(...ownExpressions(one))) if (part.kind === 'call') look(part)
      // What is registered is run later, and what decorates runs now.
      if (one.kind === 'def')
        for (const decorator of one.decorators) {
          if (decorator.kind === 'name') runs(decorator.name)
          if (nameOf(decorator) === 'atexit.register') runs(one.name)
        }
      if (one.kind === 'def' || (one.kind === 'if' && isAside(one.test))) continue
      // `try: pass` never fails, so that no handler of it runs.
      if (one.kind === 'try' && one.body.every(isPass)) append(left, [one.otherwise, one.last])
      else append(left, blocksOf(one))
    }
  for (const [socket, one] of connected) if (driving.has(socket)) downloads.push({ ...one, isRemote: true })
  if (downloads.length + decodes.length === 0) return undefined
  const { position } = linesOf(text)
  const located = (deeds: typeof downloads) =>
    deeds.sort((a, b) => a.at - b.at).map(({ at, ...deed }): Deed => ({ ...deed, ...position(at) }))
  return { downloads: located(downloads), starts: located(starts), decodes: located(decodes) }
}

/** Commands of setuptools that an installation runs, and that compile nothing. */
const RUN_BY_BUILD = /^(?:install|develop|egg_info|build_py|bdist_wheel|install_(?:lib|data|scripts))$/

/** The classes that `cmdclass` gives these commands. */
function commandsOf({ args }: Call, dictionaries: ReadonlyMap<string, Expression>): readonly string[] {
  const given = args.find(({ name }) => name === 'cmdclass')?.value
  const value = given?.kind === 'name' ? dictionaries.get(given.name) : given
  const pairs: (readonly [string | undefined, Expression])[] =
    value?.kind === 'dict'
      ? value.items.map(({ key, value }) => [key?.kind === 'string' ? key.value : undefined, value] as const)
      : value?.kind === 'call' && dottedName(value.func) === 'dict'
        ? value.args.map(({ name, value }) => [name, value] as const)
        : []
  return pairs.flatMap(([command, one]) =>
    command !== undefined && RUN_BY_BUILD.test(command) && one.kind === 'name' ? [one.name] : [],
  )
}

const isPass = (one: Statement): boolean => one.kind === 'other' && one.parts.length === 0

/** What runs only where the file is started as a program, or never. */
const isAside = (test: Expression): boolean =>
  /(?:^|\.)TYPE_CHECKING$/.test(dottedName(test) ?? '') ||
  (test.kind === 'name' && (test.name === 'False' || test.name === 'None')) ||
  (test.kind === 'number' && /^0+$/.test(test.text)) ||
  (test.kind === 'binary' && test.operator === '==' && dottedName(test.left) === '__name__') ||
  // An option that only its author gives.
  (test.kind === 'binary' &&
    test.operator === 'in' &&
    test.left.kind === 'string' &&
    test.left.value?.startsWith('--') === true &&
    test.right.kind === 'attribute' &&
    test.right.name === 'argv')

/** Local names of modules and of what they have, in full: `sp` → `subprocess`, `urlopen` → `urllib.request.urlopen`. */
function qualifiedNames(body: readonly Statement[]): ReadonlyMap<string, string> {
  const found = new Map<string, string>()
  const left = [body]
  for (let block = left.pop(); block; block = left.pop())
    for (const one of block) {
      if (one.kind === 'import') for (const { name, as } of one.names) if (as !== undefined) found.set(as, name)
      if (one.kind === 'from' && one.level === 0)
        for (const { name, as } of one.names) found.set(as ?? name, `${one.module}.${name}`)
      append(left, blocksOf(one))
    }
  return found
}

/** The strings among the arguments, in the order of the text. */
function wordsIn(call: Call): string {
  const found: { readonly at: number; readonly value: string }[] = []
  for (const part of expressionsIn(...call.args.map(({ value }) => value)))
    if (part.kind === 'string' && part.value !== undefined) found.push({ at: part.at, value: part.value })
  return found
    .sort((a, b) => a.at - b.at)
    .map(({ value }) => value)
    .join('\0')
}
