import assert from 'node:assert/strict'
import { test } from 'node:test'
import { stripped } from '../without-examples.ts'

test('examples of rules and what `explain` alone tells are left out, and nothing else', () => {
  const rule = 'a({id:`x`,why:`y`,fix:`w`,byHand:`z`,check:function*(b){},bad:[{bad:1}],good:{files:{}}})'
  const other = 'const o={id:1,bad:[2],byHand:`z`,good:[3]};a({id:1,why:`v`,fix:b=>b,check:c,bad:[],good:[]})'
  assert.equal(
    stripped(`${rule};${other}`),
    `a({id:\`x\`,check:function*(b){},});const o={id:1,bad:[2],byHand:\`z\`,good:[3]};a({id:1,fix:b=>b,check:c,})`,
  )
})
