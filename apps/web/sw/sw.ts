// Keeps the page, so that it works without a network. The renderer of reStructuredText is kept when it was needed once.

declare const self: ServiceWorkerGlobalScope

const PAGE = `distaudit-page-${BUILD}`
const KEPT_RENDERER = `distaudit-renderer-${RENDERER ?? ''}`

self.addEventListener('install', event => {
  event.waitUntil(
    caches.open(PAGE).then(cache => cache.addAll(FILES.map(file => new Request(file, { cache: 'reload' })))),
  )
})

self.addEventListener('activate', event => {
  const clean = async () => {
    for (const name of await caches.keys())
      if (name.startsWith('distaudit-') && name !== PAGE && name !== KEPT_RENDERER) await caches.delete(name)
    await self.clients.claim()
  }
  event.waitUntil(clean())
})

self.addEventListener('fetch', event => {
  const { request } = event
  const url = new URL(request.url)
  const scope = self.registration.scope
  if (request.method !== 'GET' || !url.href.startsWith(scope) || request.headers.has('range')) return
  const path = url.href.slice(scope.length).replace(/[?#].*$/, '')
  const wanted = path === '' ? 'index.html' : path
  if (FILES.includes(`./${wanted}`)) event.respondWith(from(PAGE, new URL(wanted, scope).href, request))
  else if (RENDERER !== undefined && wanted.startsWith(RENDERER))
    event.respondWith(from(KEPT_RENDERER, url.href, request))
})

async function from(name: string, address: string, request: Request): Promise<Response> {
  const cache = await caches.open(name)
  const kept = await cache.match(address)
  if (kept) return kept
  const response = await fetch(request)
  if (response.ok) await cache.put(address, response.clone())
  return response
}

export {}
