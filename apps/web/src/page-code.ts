import type { PageCode } from 'distaudit/browser'
import frame from 'distaudit/page/frame.css?raw'
import style from 'distaudit/page/page.css?raw'
import script from 'distaudit/page/page.js?raw'

/** What runs in the page of a report, and how it looks. */
export const CODE: PageCode = { script, style, frame }
