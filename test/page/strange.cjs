/** Opens all that can be opened, in every file, and says which elements and texts no page of ours has. Runs in the page: test/page/browser.ts. */
// biome-ignore lint/correctness/noUnusedVariables: what is evaluated after it calls it
async function strange(unsafe, scripts) {
  const own = new Set(
    'html head meta title style body noscript script header main footer section nav div p span h1 h2 h3 h4 ul li dl dt dd table caption thead tbody tr th td form fieldset legend label input select option button details summary code mark pre a svg path iframe'.split(
      ' ',
    ),
  )
  const described = new Set(
    'html head title style body main a abbr acronym b blockquote br caption cite code col colgroup dd del details div dl dt em h1 h2 h3 h4 h5 h6 hr i ins kbd li mark ol p pre q s samp section small span strike strong sub summary sup table tbody td tfoot th thead tr tt u ul var aside figure figcaption'.split(
      ' ',
    ),
  )
  const found = new Set()
  const tick = () => new Promise(resolve => setTimeout(resolve, 0))
  const look = (among, names, where) => {
    for (const one of among.querySelectorAll('*')) {
      if (!names.has(one.localName)) found.add(`${where}: ${one.outerHTML.slice(0, 200)}`)
      for (const { name, value } of one.attributes) {
        const isAddress = ['src', 'href', 'action', 'formaction', 'xlink:href', 'ping', 'background'].includes(name)
        if (/^on/i.test(name) || (isAddress && !(name === 'href' && /^(?:https?:|mailto:)/i.test(value))))
          found.add(`${where}: ${name}="${value.slice(0, 200)}"`)
        if (where !== 'page' && (name === 'style' || name === 'id')) found.add(`${where}: ${name}="${value}"`)
      }
    }
    if ([...among.scripts].filter(one => one.type !== 'application/json').length !== (where === 'page' ? scripts : 0))
      found.add(`${where}: a script that is not ours`)
  }
  const openAll = async () => {
    // A list of thousands of files goes on as it begins.
    for (let round = 0; round < 4; round++) for (const one of document.querySelectorAll('.more')) one.click()
    for (const one of document.querySelectorAll('details')) one.open = true
    await tick()
    await tick()
    look(document, own, 'page')
    for (const text of document.querySelectorAll('h1, h2, h3, code, .message, .name, td, th, dd, li, option, pre, p')) {
      const hit = unsafe.exec((text.textContent ?? '').replaceAll('\t', ' '))
      if (hit)
        found.add(`page: ${JSON.stringify(text.textContent?.slice(Math.max(0, hit.index - 40), hit.index + 40))}`)
    }
    for (const one of document.querySelectorAll('[title], [aria-label]'))
      if (unsafe.test(`${one.title}${one.ariaLabel}`)) found.add(`page: ${JSON.stringify(one.title)}`)
  }
  document.querySelector('[type=reset]')?.click()
  await openAll()
  // What has been read is left out of what is read for the next file.
  document.querySelector('#findings .groups')?.replaceChildren()
  const choice = document.querySelector('#file')
  for (const { value } of [...(choice?.options ?? [])]) {
    if (!choice) break
    const before = document.querySelector('iframe')
    choice.value = value
    choice.dispatchEvent(new Event('change', { bubbles: true }))
    const frame = document.querySelector('iframe')
    if (frame && frame !== before)
      await new Promise(resolve => {
        frame.addEventListener('load', resolve, { once: true })
      })
    await openAll()
    if (frame?.contentDocument) look(frame.contentDocument, described, `description of file ${value}`)
  }
  return [...found]
}
