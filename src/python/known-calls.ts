/** What functions do, by the name that they are called by. */

/** Calls that may write files, or change where others are looked for. */
export const MAY_WRITE =
  /^(?:subprocess\.|os\.(?:system|popen|spawn|exec|symlink|link|rename|replace|makedirs|mkdir|chdir|fchdir|remove)|shutil\.|urllib|requests\.|sys\.exit$|runpy\.|importlib\.|__import__$|tarfile\.|zipfile\.|git\.)/

/** Calls that raise where there is no such file or folder. */
export const WANTS =
  /^(?:os\.(?:stat|lstat|listdir|scandir|chmod|utime|remove|unlink|rename|replace|chdir)|os\.path\.get(?:size|mtime)|shutil\.(?:copy2?|copyfile|copytree|move))$/
/** Calls that run a program and wait for its end. */
export const RUNS = /^subprocess\.(?:run|call|check_call|check_output)$/
export const ARCHIVES = /^(?:zipfile\.ZipFile|tarfile\.open)$/
export const OPENERS: ReadonlySet<string> = new Set(['open', 'io.open', 'codecs.open', 'tokenize.open'])
export const SAME_PATH: ReadonlySet<string> = new Set([
  'os.path.abspath',
  'os.path.realpath',
  'os.path.normpath',
  'os.fspath',
  'os.path.expanduser',
  'str',
])
/** Who says only that the file is there, or reads nothing. */
export const PATHS: ReadonlySet<string> = new Set(['pathlib.Path', 'pathlib.PurePath', 'pathlib.PosixPath'])
export const FINDERS = /(?:^|\.)find_(?:namespace_)?packages$/
export const EXTENSIONS = /(?:^|\.)(?:Extension|Pybind11Extension|CppExtension|CUDAExtension)$/

/** Calls that raise where a distribution is not installed. */
export const ASKS =
  /^(?:importlib[._]metadata\.(?:version|distribution|metadata|requires|files)|importlib[._]metadata\.Distribution\.from_name|pkg_resources\.(?:get_distribution|require))$/
/** Calls that look for a file in a package. */
export const RESOURCES =
  /^(?:importlib[._]resources\.(files|read_text|read_binary|open_text|open_binary)|pkgutil\.(get_data)|pkg_resources\.(resource_string|resource_stream|resource_filename))$/
/** Calls of others that open the file they are given. */
export const READERS =
  /^(?:ctypes\.(?:C|Win|Ole|Py)DLL|ctypes\.(?:c|win|ole|py)dll\.LoadLibrary|numpy\.(?:load|loadtxt|genfromtxt|fromfile)|pandas\.read_(?:csv|excel|json|parquet|pickle|table)|joblib\.load)$/

/** Text of a module that may write files. */
export const WRITES =
  /\bwrite_|\.touch\(|['"][rbt]{0,2}[wax][bt+]{0,2}['"]|\bO_CREAT\b|\b(?:symlink|hardlink|rename|link_to|urlretrieve|download|extract|mkdtemp|save|dump|connect|shutil|copy|subprocess|system)/
/** Functions that write nothing into what they are given. */
export const ONLY_LOOKS =
  /^(?:sys\.path\.|os\.path\.|os\.(?:listdir|scandir|walk|stat|environ)|glob\.|print$|str$|repr$|len$|isinstance$|bool$|hash$)/
export const BUILT_IN =
  /^(?:[A-Z]\w*(?:Error|Exception|Warning)|abs|all|any|bool|bytes|bytearray|callable|chr|dict|dir|enumerate|filter|float|format|frozenset|getattr|hasattr|hash|hex|id|int|isinstance|issubclass|iter|len|list|map|max|memoryview|min|next|object|oct|open|ord|pow|print|property|range|repr|reversed|round|set|setattr|slice|sorted|staticmethod|classmethod|str|sum|super|tuple|type|vars|zip)$/
/** Modules of which it is known what their functions do. */
export const HARMLESS_MODULES =
  /^(?:os|sys|io|re|codecs|pathlib|setuptools|distutils|json|ast|glob|platform|sysconfig|warnings|textwrap|configparser|tomllib|tomli|toml|yaml|typing|__future__|datetime|time|itertools|functools|collections|Cython|numpy|pybind11|setuptools_scm|contextlib|inspect|string|struct|errno|locale|logging|packaging|pkg_resources|copy|enum|fnmatch|operator|email|tokenize|site|stat|tempfile|multiprocessing|subprocess|shutil|urllib|importlib|runpy|builtins|abc|dataclasses|cffi|wheel|skbuild|random|math|types|unittest|traceback|hashlib|uuid|getpass|socket|zipfile|tarfile)(?:\.|$)/
