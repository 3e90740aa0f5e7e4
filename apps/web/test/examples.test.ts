import assert from 'node:assert/strict'
import { test } from 'node:test'
import { stripped } from '../without-examples.ts'

test('examples of rules are left out, and nothing else', () => {
  const rule = 'a({id:`x`,why:`y`,check:function*(b){},bad:[{bad:1}],good:{files:{}}})'
  const other = 'const o={id:1,bad:[2],good:[3]}'
  assert.equal(stripped(`${rule};${other}`), `a({id:\`x\`,why:\`y\`,check:function*(b){},bad:[],good:[]});${other}`)
})
