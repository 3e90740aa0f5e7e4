import type { Network } from '../remote/network.js'
import type { Given } from '../run.js'
import type { Terminal } from './main.js'

/** The network of one command: loaded when the first address or index asks for it. */
export interface LazyNetwork {
  /** @throws UsageError */
  open(): Promise<Network>
  /** The file that an address means. @throws UsageError */
  target(address: string): Promise<Given>
  /** What was transferred, for people; undefined where nothing was. */
  traffic(): string | undefined
}

/** Does work that may ask for the network, and closes it then. */
export async function withNetwork<T>(
  terminal: Terminal,
  work: (network: LazyNetwork) => Promise<T>,
  indexUrl?: string,
): Promise<T> {
  let network: Network | undefined
  const open = async () => {
    const { openNetwork } = await import('../remote/network.js')
    network ??= await openNetwork(terminal, { indexUrl })
    return network
  }
  try {
    return await work({
      open,
      target: async address => (await open()).target(address),
      traffic: () => network?.traffic(),
    })
  } finally {
    network?.close()
  }
}
