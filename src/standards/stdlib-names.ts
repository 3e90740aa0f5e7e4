import { once } from '../once.js'

/**
 * Names of standard library modules that not every Python 3 has: what a module was when it was imported in Python 3.6 to 3.13,
 * as far as `__all__` or the documentation names it, and what only Python 2 had (0). Names that depend on the system are left out.
 */

const ADDED: Readonly<Record<string, string>> = {
  ast: '8 get_source_segment, 9 unparse',
  asyncio:
    '7 BufferedProtocol SendfileNotAvailableError all_tasks create_task current_task get_running_loop run, 9 Server to_thread, 11 Barrier BrokenBarrierError Runner TaskGroup Timeout timeout timeout_at, 12 create_eager_task_factory eager_task_factory, 13 EventLoop QueueShutDown',
  base64: '10 b32hexdecode b32hexencode, 13 z85decode z85encode',
  'collections.abc': '12 Buffer',
  'concurrent.futures': '7 BrokenExecutor, 8 InvalidStateError',
  contextlib: '7 AbstractAsyncContextManager AsyncExitStack asynccontextmanager nullcontext, 10 aclosing, 11 chdir',
  copy: '13 replace',
  dataclasses: '10 KW_ONLY',
  datetime: '11 UTC',
  enum: '11 CONFORM CONTINUOUS EJECT EnumCheck EnumType FlagBoundary KEEP NAMED_FLAGS ReprEnum STRICT StrEnum UNIQUE global_enum global_enum_repr global_flag_repr global_str member nonmember verify, 13 EnumDict',
  functools: '8 cached_property singledispatchmethod, 9 cache',
  hashlib: '11 file_digest',
  http: '11 HTTPMethod',
  'http.server': '7 ThreadingHTTPServer',
  importlib: '7 resources, 8 metadata',
  'importlib.abc': '7 ResourceReader, 9 Traversable TraversableResources',
  'importlib.metadata': '10 PackageMetadata packages_distributions',
  'importlib.resources': '9 as_file files, 10 ResourceReader, 13 Anchor',
  inspect:
    '10 get_annotations, 11 getmembers_static ismethodwrapper, 12 AGEN_CLOSED AGEN_CREATED AGEN_RUNNING AGEN_SUSPENDED BufferFlags getasyncgenlocals getasyncgenstate markcoroutinefunction',
  itertools: '10 pairwise, 12 batched',
  logging: '11 getLevelNamesMapping, 12 getHandlerByName getHandlerNames',
  math: '7 remainder, 8 comb dist isqrt perm prod, 9 lcm nextafter ulp, 11 cbrt exp2, 12 sumprod, 13 fma',
  operator: '11 call',
  queue: '7 SimpleQueue, 13 ShutDown',
  random: '9 randbytes, 12 binomialvariate',
  re: '7 Match Pattern, 11 NOFLAG, 13 PatternError',
  statistics:
    '8 NormalDist fmean geometric_mean multimode quantiles, 10 correlation covariance linear_regression, 13 kde kde_random',
  sys: '10 orig_argv stdlib_module_names, 11 exception',
  threading:
    '8 ExceptHookArgs excepthook get_native_id, 10 getprofile gettrace, 12 setprofile_all_threads settrace_all_threads',
  time: '7 monotonic_ns perf_counter_ns process_time_ns thread_time thread_time_ns time_ns',
  types:
    '7 ClassMethodDescriptorType MethodDescriptorType MethodWrapperType WrapperDescriptorType resolve_bases, 8 CellType, 9 GenericAlias, 10 EllipsisType NoneType NotImplementedType UnionType, 12 get_original_bases',
  typing:
    '7 ForwardRef OrderedDict, 8 Final Literal Protocol SupportsIndex TypedDict final get_args get_origin runtime_checkable, 9 Annotated, 10 Concatenate ParamSpec ParamSpecArgs ParamSpecKwargs TypeAlias TypeGuard is_typeddict, 11 LiteralString Never NotRequired Required Self TypeVarTuple Unpack assert_never assert_type clear_overloads dataclass_transform get_overloads reveal_type, 12 TypeAliasType override, 13 NoDefault ReadOnly TypeIs get_protocol_members is_protocol',
  unittest: '8 IsolatedAsyncioTestCase addModuleCleanup, 11 doModuleCleanups enterModuleContext',
  'unittest.mock': '7 seal, 8 AsyncMock, 13 ThreadingMock',
  warnings: '13 deprecated',
  'xml.etree.ElementTree': '8 canonicalize, 9 indent',
  zipfile: '8 Path',
}

const REMOVED: Readonly<Record<string, string>> = {
  asyncio: '7 async, 11 coroutine',
  base64: '9 decodestring encodestring',
  binascii: '11 a2b_hqx b2a_hqx rlecode_hqx rledecode_hqx',
  cgi: '8 escape parse_qs parse_qsl',
  collections:
    '10 AsyncGenerator AsyncIterable AsyncIterator Awaitable ByteString Callable Collection Container Coroutine Generator Hashable ItemsView Iterable Iterator KeysView Mapping MappingView MutableMapping MutableSequence MutableSet Reversible Sequence Set Sized ValuesView',
  configparser: '12 SafeConfigParser, 13 LegacyInterpolation',
  fractions: '9 gcd',
  gettext: '11 bind_textdomain_codeset ldgettext ldngettext lgettext lngettext',
  importlib: '12 find_loader',
  'importlib.abc': '12 Finder',
  'importlib.util': '12 module_for_loader set_loader set_package',
  inspect: '11 ArgSpec formatargspec getargspec',
  itertools: '0 ifilter ifilterfalse imap izip izip_longest',
  locale: '12 format, 13 resetlocale',
  operator: '0 div isCallable sequenceIncludes',
  os: '0 getcwdu, 7 errno',
  pkgutil: '12 ImpImporter ImpLoader',
  platform: '8 dist linux_distribution popen',
  plistlib: '9 Data readPlist readPlistFromBytes writePlist writePlistToBytes',
  re: '13 template',
  sqlite3: '12 OptimizedUnicode enable_shared_cache',
  ssl: '12 RAND_pseudo_bytes match_hostname wrap_socket',
  string: '0 join letters lowercase maketrans uppercase',
  sys: '0 maxint, 8 get_coroutine_wrapper set_coroutine_wrapper, 9 getcheckinterval setcheckinterval',
  tarfile: '8 filemode',
  time: '8 clock',
  types: '0 BooleanType ClassType DictType InstanceType IntType ListType StringType StringTypes TupleType UnicodeType',
  typing: '7 GenericMeta, 13 io re',
  unittest: '13 findTestCases getTestCaseNames makeSuite',
  urllib:
    '0 FancyURLopener URLopener pathname2url quote quote_plus unquote unquote_plus url2pathname urlencode urlopen urlretrieve',
}

type Minors = ReadonlyMap<string, ReadonlyMap<string, number>>

const read = (table: Readonly<Record<string, string>>): Minors =>
  new Map(
    Object.entries(table).map(([module, text]) => [
      module,
      new Map(
        text.split(', ').flatMap(group => {
          const [minor, ...names] = group.split(' ')
          return names.map(name => [name, Number(minor)] as const)
        }),
      ),
    ]),
  )

const tables = once(() => ({ added: read(ADDED), removed: read(REMOVED) }))

/** The first minor version with a name, or the first without it; undefined where every version has it, or it is not known. */
export function stdlibName(
  module: string,
  name: string,
): { readonly added?: number | undefined; readonly removed?: number | undefined } | undefined {
  const { added, removed } = tables()
  const found = { added: added.get(module)?.get(name), removed: removed.get(module)?.get(name) }
  return found.added === undefined && found.removed === undefined ? undefined : found
}
