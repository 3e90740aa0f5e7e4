import { dropped, named } from './files.ts'
import type { Done, Input, Job } from './messages.ts'
import { Ended, runner } from './run.ts'

// The page: what is chosen, what is going on, and what came of it. Text from files reaches it as text only.

const get = <T extends HTMLElement = HTMLElement>(id: string): T => {
  const element = document.getElementById(id)
  if (!element) throw new Error(`the page has no ${id}`)
  return element as T
}

type Screen = 'start' | 'working' | 'result'
type Task = 'audit' | 'compare'

const work = runner()
let task: Task = 'audit'
/** What was audited, and what is known of it. */
let inputs: readonly Input[] = []
let result: { readonly name: string; readonly done: Done } | undefined
/** The addresses of blobs that are shown. */
let addresses: readonly string[] = []

const sides: Record<'old' | 'now', readonly Input[]> = { old: [], now: [] }

function screen(name: Screen): void {
  for (const one of ['start', 'working', 'result'] as const) get(one).hidden = one !== name
  document.body.classList.toggle('full', name === 'result')
  get('foot').hidden = name === 'result'
}

function choose(next: Task): void {
  task = next
  for (const one of ['audit', 'compare'] as const) {
    get(one).hidden = one !== next
    get(`to-${one}`).setAttribute('aria-pressed', String(one === next))
  }
  get('problem').hidden = true
  screen('start')
}

const say = (text: string) => {
  get('said').textContent = text
}

/** Does a job, and shows what comes of it. */
async function perform(job: Job, name: string): Promise<void> {
  const progress = get<HTMLProgressElement>('progress')
  progress.removeAttribute('value')
  get('working-title').textContent = 'Reading…'
  get('step').textContent = ''
  get('problem').hidden = true
  screen('working')
  get('working-title').focus()
  say('Reading')
  try {
    const done = await work.run(job, {
      progress(file, read, of) {
        progress.max = of
        progress.value = read
        get('step').textContent = `${file}: ${percent(read, of)}`
        // The bytes are there; what they mean is not known yet.
        if (read >= of) progress.removeAttribute('value')
      },
      step(text) {
        progress.removeAttribute('value')
        get('step').textContent = text
      },
    })
    result = { name, done }
    show(done, job.kind)
    say(done.said)
  } catch (error) {
    // A reading that was given up leaves the result that was there.
    fail(error instanceof Error ? error.message : String(error), error instanceof Ended)
  }
}

const percent = (part: number, of: number): string => `${of === 0 ? 100 : Math.floor((100 * part) / of)}%`

function fail(message: string, isExpected: boolean): void {
  choose(task)
  get(`${task}-title`).focus()
  if (message === '') {
    say('Cancelled')
    return
  }
  const problem = get('problem')
  problem.textContent = message
  problem.hidden = false
  if (!isExpected) console.error(message)
}

function show(done: Done, kind: Job['kind']): void {
  for (const address of addresses) URL.revokeObjectURL(address)
  addresses = []
  get('views').hidden = kind === 'diff'
  get('see-report').setAttribute('aria-pressed', String(kind === 'audit'))
  get('see-contents').setAttribute('aria-pressed', String(kind === 'show'))
  get('save-html').hidden = done.html === undefined
  get('notes').replaceChildren(
    ...done.notes.map(text => Object.assign(document.createElement('li'), { textContent: text })),
  )
  get('shown').replaceChildren(done.html ? frame(done.html, kind) : text(done.text ?? ''))
  screen('result')
  get('result-title').focus()
}

/** The page of the report as it is saved; the policy of this page applies to it beside its own. */
function frame(html: Blob, kind: Job['kind']): HTMLIFrameElement {
  const address = URL.createObjectURL(html)
  addresses = [address]
  const made = document.createElement('iframe')
  made.title = kind === 'diff' ? 'Comparison' : 'Report'
  made.referrerPolicy = 'no-referrer'
  made.src = address
  return made
}

function text(content: string): HTMLElement {
  const made = document.createElement('pre')
  made.textContent = content
  made.tabIndex = 0
  made.setAttribute('role', 'region')
  made.setAttribute('aria-label', 'Contents')
  return made
}

/** Columns of text that the window has room for. */
function columns(): number {
  const ruler = document.createElement('pre')
  ruler.textContent = '0'.repeat(100)
  ruler.style.cssText = 'position: absolute; visibility: hidden; padding: 0; font: 0.9rem ui-monospace, monospace'
  document.body.append(ruler)
  const width = ruler.getBoundingClientRect().width / 100
  ruler.remove()
  return Math.max(30, Math.min(120, Math.floor((window.innerWidth - 60) / width)))
}

const nameOf = (all: readonly Input[]): string => {
  const [first] = all
  if (all.length !== 1 || !first) return 'distaudit'
  const name = 'name' in first ? first.name : (first.address.split(/[?#]/)[0] ?? '').replace(/^.*\//, '')
  return name.replace(/\.(?:whl|zip|tgz|tar\.\w+)$/i, '')
}

function audit(all: readonly Input[]): void {
  if (all.length === 0) return
  inputs = all
  void perform({ kind: 'audit', inputs }, nameOf(all))
}

function save(blob: Blob | undefined, ending: string): void {
  if (!blob || !result) return
  const address = URL.createObjectURL(blob)
  const anchor = document.createElement('a')
  anchor.href = address
  anchor.download = `${result.name}.${ending}`
  anchor.click()
  setTimeout(() => URL.revokeObjectURL(address), 60_000)
}

/** The file that a link names: behind the `#`, which no server is told. */
function openLink(): void {
  const parts = new URLSearchParams(location.hash.slice(1))
  const address = parts.get('url')
  if (address === null) return
  const old = parts.get('old')
  get<HTMLInputElement>('address').value = address
  if (old === null) {
    choose('audit')
    audit([{ address }])
    return
  }
  choose('compare')
  void perform({ kind: 'diff', old: [{ address: old }], now: [{ address }], texts: false }, 'comparison')
}

function take(place: string | undefined, files: Iterable<File>): void {
  const found = named(files)
  if (found.length === 0) return
  if (place !== 'old' && place !== 'now') {
    choose('audit')
    audit(found)
    return
  }
  sides[place] = found
  get(`${place}-names`).replaceChildren(
    ...found.map(one => Object.assign(document.createElement('li'), { textContent: 'name' in one ? one.name : '' })),
  )
  get<HTMLButtonElement>('start-compare').disabled = sides.old.length === 0 || sides.now.length === 0
}

for (const next of ['audit', 'compare'] as const)
  get(`to-${next}`).addEventListener('click', () => {
    work.cancel()
    choose(next)
    get(`${next}-title`).focus()
  })
for (const [id, place] of [
  ['files', 'audit'],
  ['old-files', 'old'],
  ['now-files', 'now'],
] as const) {
  const input = get<HTMLInputElement>(id)
  input.addEventListener('change', () => {
    take(place, Array.from(input.files ?? []))
    // The same file may be chosen again.
    input.value = ''
  })
}
get('by-address').addEventListener('submit', event => {
  event.preventDefault()
  const address = get<HTMLInputElement>('address').value.trim()
  const hash = `#${new URLSearchParams({ url: address })}`
  // A new address is opened because it changes.
  if (location.hash === hash) openLink()
  else location.hash = hash
})
get('start-compare').addEventListener('click', () => {
  const texts = get<HTMLInputElement>('texts').checked
  void perform({ kind: 'diff', ...sides, texts }, 'comparison')
})
get('cancel').addEventListener('click', () => work.cancel())
get('again').addEventListener('click', () => {
  if (location.hash !== '') history.replaceState(null, '', location.pathname)
  choose(task)
  get(`${task}-title`).focus()
})
get('see-report').addEventListener('click', () => audit(inputs))
get('see-contents').addEventListener('click', () => {
  void perform({ kind: 'show', inputs, columns: columns() }, `${nameOf(inputs)}.contents`)
})
get('save-json').addEventListener('click', () => save(result?.done.json, 'json'))
get('save-html').addEventListener('click', () => save(result?.done.html, 'html'))
addEventListener('hashchange', openLink)

const dropOf = (target: EventTarget | null) =>
  target instanceof Element ? target.closest<HTMLElement>('[data-drop]') : null
const light = (over: Element | null) => {
  for (const drop of document.querySelectorAll('.drop')) drop.classList.toggle('over', drop === over)
}
addEventListener('dragover', event => {
  if (!event.dataTransfer?.types.includes('Files')) return
  event.preventDefault()
  light(dropOf(event.target))
})
addEventListener('dragleave', event => {
  if (event.relatedTarget === null) light(null)
})
addEventListener('drop', event => {
  if (!event.dataTransfer?.types.includes('Files')) return
  event.preventDefault()
  light(null)
  const place = dropOf(event.target)?.dataset.drop
  dropped(event.dataTransfer).then(
    files => take(place, files),
    (error: unknown) => fail(`The files could not be read: ${String(error)}`, true),
  )
})

get('version').textContent = VERSION
choose('audit')
openLink()
if ('serviceWorker' in navigator)
  navigator.serviceWorker.register('./sw.js').catch((error: unknown) => console.warn('not available offline', error))
