/** Header facts of one binary. */
export interface NativeFile {
  readonly format: 'elf' | 'macho' | 'pe' | 'wasm' | 'ar'
  readonly path: string
}
