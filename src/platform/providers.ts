import { withoutEnd } from '../text/ends.js'

/**
 * Libraries that other distributions bring: a pattern of the library's short name, and one of the distribution's normalized
 * name. Grown from real wheels.
 */
const PROVIDERS: readonly (readonly [RegExp, RegExp])[] = [
  [/^(?:torch|c10|caffe2|aoti|shm)(?:_|$|python)/, /^(?:torch|intel-extension-for-pytorch)$/],
  [
    /^(?:cudart|cublas|cufft|cufile|curand|cusolver|cusparse|cudnn|cutensor|nccl|nvrtc|nvjitlink|nvtoolsext|npp[ic]|nvjpeg|cupti|nvshmem|nvinfer|nvonnx|nvblas)/,
    /^(?:nvidia-|cuda-|cutensor|tensorrt|cupy|torch$|tensorflow)/,
  ],
  [
    /^_?(?:pywrap_)?tensorflow/,
    /^(?:tensorflow(?:-(?:cpu|gpu|intel|macos|rocm|aarch64|cpu-aws))?|tf-nightly(?:-\w+)?|intel-tensorflow)$/,
  ],
  [/^(?:mkl_|iomp5|tbb|irc|imf|mmd$|svml|intlc|ifcore|ifport)/, /^(?:mkl|intel-|tbb|onemkl|dpcpp|torch$)/],
  [/^tbb/, /^openvino$/],
  [/^(?:sycl|ur_|irng|opencl|ze_loader)/, /^(?:dpcpp|intel-|onemkl)/],
  [/^(?:glib|gobject|gio|gmodule|gst[a-z]*)-/, /(?:^|-)(?:gstreamer|pygobject)(?:-|$)/],
  [/^qt5/, /^py(?:qt5(?!-sip)|side2|qtwebengine|qt3d|qtchart|qtdatavis|qtnetworkauth|qtpurchasing)/],
  [/^qt6/, /^py(?:qt6(?!-sip)|side6)/],
  // Frameworks of macOS have no number.
  [/^qt[a-z]/, /^py(?:qt|side)(?!\d?-sip)/],
  [/^(?:pyside|shiboken)[26]/, /^(?:pyside|shiboken)[26]/],
  [/^(?:arrow|parquet)/, /^pyarrow$/],
  [/^(?:mpi|mpich|mpifort|mpicxx)/, /^(?:mpich|openmpi|impi-rt|mpi4py|msmpi)/],
  [/^(?:amdhip64|hiprtc|rccl|roc[a-z]|hip[a-z]|miopen)/, /^(?:rocm|torch$|amd-)/],
  [/^(?:rapids_logger|rmm|cudf|raft|ucx|cuvs)/, /^(?:rapids-logger|librmm|libcudf|libraft|libucx|rmm|cudf)/],
  [/^vtk/, /(?:^|-)vtk(?:-|$)/],
  [/^hdf5(?:_|$)/, /^h5py$/],
  [/^onedal/, /^daal(?:-|$)/],
]

/** `librmm.so.1`, `@rpath/librmm.dylib`, `rmm.dll` → `rmm`. */
function shortName(library: string): string {
  const base = library
    .slice(library.lastIndexOf('/') + 1)
    .slice(0, 255)
    .toLowerCase()
  return base.replace(/\.(?:so|dylib|dll|pyd)(?:\.[\d.]{0,20})?$/, '').replace(/^lib/, '')
}

/** Come with the driver of a device (a GPU, an RDMA adapter), by the short name of the library. */
const DRIVERS =
  /^(?:nvcuda|cuda|nvml|nvidia-(?:ml|encode|ptxjitcompiler)|nvcuvid|nvencodeapi(?:64)?|nvoptix|vulkan(?:[-.]?1)?|opencl|amdhip64(?:_\d)?|hsa-runtime64|ze_loader|ze_intel_gpu|ibverbs|rdmacm|mlx[45]|efa)$/

/** Libraries of other programs and languages, which users install by themselves: the program loads the wheel's, or the package adds its folder. */
const HOSTS: ReadonlyMap<string, string> = new Map([
  ['jvm', 'Java'],
  ['r', 'R'],
  ['mtipli', 'ModelSim'],
  ['aldecpli', 'Riviera-PRO'],
  ['ghdlvpi', 'GHDL'],
])

/** The program that a library is a part of. */
export const hostOf = (library: string): string | undefined => HOSTS.get(shortName(library))

/** True for a library that a driver or a system component installs. */
export const isDriverLibrary = (library: string): boolean => DRIVERS.test(shortName(library))

const letters = (text: string) => text.replace(/[^a-z0-9]/g, '')

/** A distribution that is required. */
export interface Required {
  /** Normalized. */
  readonly name: string
  /** Required in the very version of the one that requires it: they are made together. */
  readonly pinned: boolean
}

/** Parts of names that say nothing of the libraries in a distribution. */
const GENERIC =
  /^(?:base|binary|build|client|common|core|cu\d+|data|deps|extensions?|extras?|headers|libs?|plugins?|python\d*|runtime|server|tests?|tools?|types?|utils?)$/

/**
 * The distribution among `required` that most likely brings a library: by the table, because one name is the other's beginning,
 * or because the libraries of `project` are split off into it. `folders` are directories of other distributions that the file
 * searches. `isNear`: it is searched next to the file that loads it.
 */
export function providerOf(
  library: string,
  required: readonly Required[],
  project: string | undefined,
  folders: readonly string[] = [],
  isNear = false,
): string | undefined {
  const short = shortName(library)
  const listed = PROVIDERS.filter(([libraries]) => libraries.test(short))
  for (const [, distributions] of listed) {
    const found = required.find(one => distributions.test(one.name))
    if (found !== undefined) return found.name
  }
  const flat = letters(short)
  const [family = ''] = (project ?? '').split('-', 1)
  return required.find(({ name, pinned }) => {
    // `libeckit_geo.so` of `eckitlib`.
    const own = letters(name.replace(/-cu\d+$/, '').replace(/^lib|libs?$/g, ''))
    if (own.length >= 3 && (flat === own || (own.length >= 4 && flat.startsWith(own)))) return true
    const plain = withoutEnd(own, /\d/)
    if (isTailOf(name, short)) return true
    if (folders.some(folder => letters(folder.toLowerCase()) === plain)) return true
    // Anyone who makes these is known: `tensorflow-io-gcs-filesystem` has nothing of TensorFlow.
    if (listed.length > 0) return false
    if (name.split('-').some(part => part !== family && !GENERIC.test(part) && isNamedFor(short, part))) return true
    // What `sherpa-onnx` splits off into `sherpa-onnx-core` of its own version lies in the same package, `xpresslibs` next to `xpress`.
    if (pinned && isNear && project !== undefined && isPartOf(name, project)) return true
    // `libmlx.dylib` of `mlx-metal`, which `mlx` requires in its own version.
    return pinned && family.length >= 3 && name.split('-', 1)[0] === family && short.startsWith(family)
  })?.name
}

/** `demo-core`, `demolibs` and `libdemo` of `demo`. */
const isPartOf = (name: string, project: string): boolean =>
  name === `lib${project}` || (name.startsWith(project) && GENERIC.test(name.slice(project.length).replace(/^-/, '')))

/** `libtvm_ffi.so` of `apache-tvm-ffi`: named after all parts but the first. */
function isTailOf(name: string, short: string): boolean {
  const [, ...rest] = name.split('-')
  return rest.length > 1 && isNamedFor(short.replaceAll('-', '_'), rest.join('_'))
}

/** `SDL2_mixer.dll` of `kivy-deps-sdl2`, `glew32.dll` of `kivy-deps-glew`, `libutilities.so` of `nwchemex-utilities`. */
const isNamedFor = (short: string, part: string): boolean =>
  part.length >= 4 && short.startsWith(part) && !/^[a-z]/.test(short.slice(part.length))
