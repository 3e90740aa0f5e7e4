export { SHOW_JSON_END, SHOW_JSON_START, showJson } from './show-json.js'
export { renderShow } from './show-text.js'
