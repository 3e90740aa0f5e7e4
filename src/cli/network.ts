import type { Network } from '../remote/network.js'
import type { Terminal } from './main.js'

/** The network of one command: loaded when the first address or index asks for it. */
export interface LazyNetwork {
  /** @throws UsageError */
  open(): Promise<Network>
  /** What was transferred, for people; undefined where nothing was. */
  traffic(): string | undefined
  close(): void
}

export function lazyNetwork(terminal: Terminal, indexUrl?: string): LazyNetwork {
  let network: Network | undefined
  return {
    async open() {
      const { openNetwork } = await import('../remote/network.js')
      network ??= await openNetwork(terminal, { indexUrl })
      return network
    },
    traffic: () => network?.traffic(),
    close: () => network?.close(),
  }
}
