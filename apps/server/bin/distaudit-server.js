#!/usr/bin/env node
import { register } from 'tsx/esm/api'

register()
const { main } = await import('../src/main.ts')
process.exitCode = await main(process.argv.slice(2))
// Connections that a server no longer answers must not keep the process.
if (!process.argv.includes('serve')) process.exit()
