/** The program of the rendering thread; scripts/build-renderer.ts bundles it, to lie next to the files it reads. */
import { serve } from './pyodide-thread.js'

await serve(new URL('./', import.meta.url))
