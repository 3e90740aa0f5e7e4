import {
  auditPage,
  type ByteSource,
  blobSource,
  diff,
  formats,
  type NamedBytes,
  type Report,
  show,
  UsageError,
} from 'distaudit/browser'
import { docutils } from './docutils.ts'
import { hashed } from './hashing.ts'
import type { Answer, Done, Input, Job } from './messages.ts'
import { AddressError, readAddress, remoteSource } from './remote.ts'

// All work on files is done here: the page ends this worker when it is told to, or hears nothing for too long.

/** Seconds for a file that comes over the network while it is read. */
const REMOTE_SECONDS = 1800
/** Progress is told so often. */
const OFTEN_MS = 100

const send = (answer: Answer) => postMessage(answer)
const step = (text: string) => send({ kind: 'step', text })

/** The program of this worker is in a folder of the page's. */
const own = import.meta.url
const renderer =
  RENDERER === undefined
    ? undefined
    : docutils(new URL(`../${RENDERER}`, own).href, () => step('Loading the reStructuredText renderer…'))

let toldAt = 0
function tell(name: string, done: number, of: number): void {
  const now = performance.now()
  if (now - toldAt < OFTEN_MS && done < of) return
  toldAt = now
  send({ kind: 'progress', name, done, of })
}

interface Opened {
  readonly file: NamedBytes
  readonly isRemote: boolean
  /** What the address says that its SHA-256 is. */
  readonly sha256?: string | undefined
}

async function open(input: Input): Promise<Opened> {
  if ('blob' in input) {
    const { name, blob } = input
    return {
      file: { name, source: { ...watched(blobSource(blob), name), sha256: ms => hashed(blob, ms) } },
      isRemote: false,
    }
  }
  const { url, filename, sha256 } = readAddress(input.address, location.origin, ORIGINS)
  step(`Opening ${filename}…`)
  const source = await remoteSource(url, (done, of) => tell(filename, done, of))
  return { file: { name: filename, source }, isRemote: true, sha256 }
}

function watched(source: ByteSource, name: string): ByteSource {
  let far = 0
  return {
    ...source,
    async read(offset, length, room) {
      const bytes = await source.read(offset, length, room)
      far = Math.max(far, offset + bytes.length)
      tell(name, Math.min(far, source.size), source.size)
      return bytes
    },
  }
}

const limitsFor = (opened: readonly Opened[]) =>
  opened.some(({ isRemote }) => isRemote) ? { limits: { seconds: REMOTE_SECONDS } } : {}

const json = (text: string) => new Blob([text], { type: 'application/json' })
const page = (text: string) => new Blob([text], { type: 'text/html' })

async function audited(inputs: readonly Input[]): Promise<Done> {
  const opened = await openAll(inputs)
  const notes: string[] = []
  const [{ CODE }, { TEXTS }] = await Promise.all([import('./page-code.ts'), import('virtual:rule-texts')])
  const { report, html } = await auditPage(
    opened.map(({ file }) => file),
    { ...limitsFor(opened), code: CODE, texts: TEXTS, renderer, onNote: text => notes.push(text) },
  )
  const { renderJson } = await formats()
  const { error, warning, info } = report.summary
  return {
    json: json(renderJson(report)),
    html: page(html),
    said: `The report is ready: ${error} errors, ${warning} warnings, ${info} info.`,
    notes: [...notes, ...wrongHashes(opened, report)],
  }
}

function wrongHashes(opened: readonly Opened[], { distributions }: Report): readonly string[] {
  return opened.flatMap(({ file, sha256 }, index) => {
    const found = distributions[index]?.sha256
    return sha256 === undefined || found === undefined || found === '' || found === sha256
      ? []
      : [`${file.name} is not the file that its address names: its SHA-256 is ${found}, not ${sha256}.`]
  })
}

const openAll = async (inputs: readonly Input[]): Promise<readonly Opened[]> => {
  const opened: Opened[] = []
  for (const input of inputs) opened.push(await open(input))
  return opened
}

async function shown(inputs: readonly Input[], columns: number): Promise<Done> {
  const opened = await openAll(inputs)
  const all = await show(
    opened.map(({ file }) => file),
    { ...limitsFor(opened), ...(renderer && { renderer }) },
  )
  const { renderShow, showJson, SHOW_JSON_START, SHOW_JSON_END } = await formats()
  return {
    json: json(SHOW_JSON_START + all.map((one, index) => showJson(one, index === 0)).join('') + SHOW_JSON_END),
    text: all.map(one => renderShow(one, { width: columns })).join('\n'),
    said: 'The contents are ready.',
    notes: [],
  }
}

async function compared(old: readonly Input[], now: readonly Input[], texts: boolean): Promise<Done> {
  const [before, after] = [await openAll(old), await openAll(now)]
  const comparison = await diff(
    before.map(({ file }) => file),
    after.map(({ file }) => file),
    { ...limitsFor([...before, ...after]), ...(texts && { text: ['**'] }) },
  )
  const { differenceHtml, differenceJson } = await formats()
  return {
    json: json(differenceJson(comparison)),
    html: page(differenceHtml(comparison)),
    said: comparison.different ? 'The comparison is ready: the files differ.' : 'The files do not differ.',
    notes: comparison.unread.map(({ filename, message }) => `${filename} could not be read: ${message}`),
  }
}

function work(job: Job): Promise<Done> {
  if (job.kind === 'diff') return compared(job.old, job.now, job.texts)
  return job.kind === 'audit' ? audited(job.inputs) : shown(job.inputs, job.columns)
}

addEventListener('message', async ({ data }: MessageEvent<Job>) => {
  try {
    send({ kind: 'done', ...(await work(data)) })
  } catch (error) {
    const expected = error instanceof UsageError || error instanceof AddressError
    send({ kind: 'failed', message: error instanceof Error ? error.message : String(error), expected })
  }
})
