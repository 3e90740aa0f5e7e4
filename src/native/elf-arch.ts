interface Identity {
  readonly machine: number
  readonly is64: boolean
  readonly little: boolean
  readonly flags: number
  /** Tag_ABI_VFP_args: 1 is hard float. */
  readonly armVfp: number | undefined
}

/** Machines no wheel tag names, for messages. */
const OTHERS: Readonly<Record<number, string>> = {
  2: 'sparc',
  15: 'hppa',
  18: 'sparc',
  20: 'ppc',
  43: 'sparc64',
  50: 'ia64',
  190: 'cuda',
  247: 'bpf',
  36902: 'alpha',
}

/**
 * Architecture as Linux platform tags spell it; `arm` for 32-bit ARM that is not hard-float EABI5, `x32` for 32-bit code of
 * x86_64, `mips64el` and `mipsel` for little-endian code. Undefined when no name is known. Sources: System V ABI supplements; auditwheel's rule for ARM.
 */
export function elfArch({ machine, is64, little, flags, armVfp }: Identity): string | undefined {
  switch (machine) {
    case 62:
      return is64 ? 'x86_64' : 'x32'
    case 3:
      return 'i686'
    case 8:
      // EF_MIPS_ABI2: the 64-bit ABI n32 keeps 32-bit files.
      return `${is64 || (flags & 0x20) !== 0 ? 'mips64' : 'mips'}${little ? 'el' : ''}`
    case 183:
      return little ? (is64 ? 'aarch64' : 'aarch64_ilp32') : 'aarch64_be'
    case 40:
      // EF_ARM_EABI_VER5 and EF_ARM_ABI_FLOAT_HARD: what armv7l wheels promise. Some linkers leave it to the attribute.
      return little && flags >>> 24 === 5 && ((flags & 0x400) !== 0 || armVfp === 1) ? 'armv7l' : 'arm'
    case 21:
      return little ? 'ppc64le' : 'ppc64'
    case 22:
      return is64 ? 's390x' : 's390'
    case 243:
      return is64 ? 'riscv64' : 'riscv32'
    case 258:
      return is64 ? 'loongarch64' : 'loongarch32'
    default:
      return OTHERS[machine]
  }
}
