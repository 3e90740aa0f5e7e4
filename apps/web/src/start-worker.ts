/**
 * Starts a module as a worker. A worker has the policy that its own address comes with, and a folder of files comes with none: so it
 * is started from a blob, which has the policy of the page.
 */
export function startWorker(address: string): Worker {
  const program = new Blob([`import ${JSON.stringify(address)}`], {
    type: 'text/javascript',
  })
  const url = URL.createObjectURL(program)
  const worker = new Worker(url, { type: 'module' })
  // It is read by the time that the worker says its first word; a worker that never does leaves some bytes.
  worker.addEventListener('message', () => URL.revokeObjectURL(url), { once: true })
  return worker
}
