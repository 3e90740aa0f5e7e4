import { readFileSync } from 'node:fs'
import { pathToFileURL } from 'node:url'
import axe from 'axe-core'
import type { Browser, Page } from 'playwright-core'
import { CHARACTERS } from '../support/unsafe.js'

export interface Opened {
  readonly page: Page
  /** What the page did and must not do: ran what is not ours, asked for an address, met its policy. */
  readonly harm: string[]
  readonly close: () => Promise<void>
}

/** A page with what it must not do. */
export async function open(
  browser: Browser,
  file: string,
  width = 1280,
  scheme: 'light' | 'dark' = 'light',
): Promise<Opened> {
  const context = await browser.newContext({ viewport: { width, height: 900 }, colorScheme: scheme })
  const page = await context.newPage()
  page.setDefaultTimeout(120_000)
  const own = pathToFileURL(file).href
  const harm: string[] = []
  page.on('dialog', dialog => {
    harm.push(`dialog ${dialog.message()}`)
    void dialog.dismiss()
  })
  page.on('pageerror', error => harm.push(error.message))
  // What the policy of the page stops is told here: something got as far as to be stopped. Handlers and styles in a description are
  // told too, though they are in the document alone that it is cleaned from; in one that is shown, test/page/strange.cjs finds them.
  page.on('console', message => {
    const isTold = message.type() === 'error' || message.type() === 'warning'
    if (isTold && !/^(?:Executing inline event handler|Applying inline style)/.test(message.text()))
      harm.push(message.text())
  })
  page.on('popup', popup => harm.push(`window ${popup.url()}`))
  page.on('request', request => {
    if (request.url() !== own && !/^(?:about|data):/.test(request.url())) harm.push(request.url())
  })
  await page.goto(own)
  await page.waitForSelector('h1')
  return { page, harm, close: () => context.close() }
}

/** What axe-core says. */
export async function violations(page: Page): Promise<readonly string[]> {
  await page.evaluate(axe.source)
  return page.evaluate(
    `axe.run(document).then(({ violations }) => violations.map(one => one.id + ' ' + one.nodes[0].html.slice(0, 200)))`,
  )
}

const STRANGE = readFileSync(new URL('./strange.cjs', import.meta.url), 'utf8')

/** What a page has, after everything in it was opened, that no page of ours may have: with one script, or none. */
export async function strangeIn(page: Page, scripts: 0 | 1): Promise<readonly string[]> {
  return page.evaluate(`${STRANGE}\nstrange(${CHARACTERS}, ${scripts})`)
}
