import { once } from '../once.js'
import { canonicalName } from '../standards/name.js'
import type { Dependency } from './dependencies.js'

/** Modules of well-known projects whose name differs: `module:project`, with more projects where several have it. */
const OTHER_NAMES = `
  attr:attrs bs4:beautifulsoup4 yaml:PyYAML,ruamel.yaml.clib PIL:Pillow,pillow-simd sklearn:scikit-learn skimage:scikit-image
  cv2:opencv-python,opencv-python-headless,opencv-contrib-python,opencv-contrib-python-headless dateutil:python-dateutil
  dotenv:python-dotenv jwt:PyJWT jose:python-jose serial:pyserial usb:pyusb zmq:pyzmq fitz:PyMuPDF pymupdf:PyMuPDF
  docx:python-docx pptx:python-pptx MySQLdb:mysqlclient OpenSSL:pyOpenSSL wx:wxPython nacl:PyNaCl Crypto:pycryptodome,pycrypto
  Cryptodome:pycryptodomex git:GitPython github:PyGithub gitlab:python-gitlab psycopg2:psycopg2,psycopg2-binary
  psycopg:psycopg magic:python-magic,python-magic-bin,file-magic websocket:websocket-client ldap:python-ldap dns:dnspython
  can:python-can slugify:python-slugify telegram:python-telegram-bot telebot:pyTelegramBotAPI discord:discord.py
  snappy:python-snappy lark:lark,lark-parser antlr4:antlr4-python3-runtime googleapiclient:google-api-python-client
  rest_framework:djangorestframework environ:django-environ corsheaders:django-cors-headers cassandra:cassandra-driver
  kafka:kafka-python,kafka-python-ng cairo:pycairo fpdf:fpdf2,fpdf win32api:pywin32 win32con:pywin32 win32com:pywin32
  win32gui:pywin32 pythoncom:pywin32 pywintypes:pywin32 bson:pymongo gridfs:pymongo mpl_toolkits:matplotlib pylab:matplotlib
  Levenshtein:Levenshtein,python-Levenshtein OpenGL:PyOpenGL osgeo:GDAL Xlib:python-xlib jenkins:python-jenkins
  nmap:python-nmap multipart:python-multipart memcache:python-memcached engineio:python-engineio socketio:python-socketio
  consul:python-consul etcd:python-etcd stdnum:python-stdnum igraph:igraph,python-igraph louvain:louvain community:python-louvain
  pkg_about:pkg-about grpc:grpcio grpc_tools:grpcio-tools markdown:Markdown mistune:mistune unidiff:unidiff faiss:faiss-cpu,faiss-gpu
  Bio:biopython rdkit:rdkit,rdkit-pypi talib:TA-Lib shapefile:pyshp ruamel:ruamel.yaml yaml_include:pyyaml-include
  socks:PySocks sockshandler:PySocks httplib2:httplib2 webview:pywebview vlc:python-vlc bluetooth:PyBluez pywt:PyWavelets
  umap:umap-learn hdbscan:hdbscan imblearn:imbalanced-learn mysql:mysql-connector-python,mysql-connector
  nacl_bindings:PyNaCl enchant:pyenchant daemon:python-daemon pidfile:python-pidfile crontab:python-crontab
  editor:python-editor gnupg:python-gnupg jks:pyjks tlz:toolz flask_sqlalchemy:Flask-SQLAlchemy flask_cors:Flask-Cors
  flask_login:Flask-Login flask_wtf:Flask-WTF werkzeug:Werkzeug jinja2:Jinja2 markupsafe:MarkupSafe flask:Flask
  sqlalchemy:SQLAlchemy pygments:Pygments sphinx:Sphinx docutils:docutils pymysql:PyMySQL babel:Babel`

/** The same for those that have the name of their project. */
const SAME_NAMES = `
  requests urllib3 certifi idna chardet charset_normalizer six numpy pandas scipy matplotlib seaborn boto3 botocore s3transfer
  boto pytz tzlocal click typer django cryptography cffi pycparser attrs packaging typing_extensions pydantic pydantic_core
  pydantic_settings fastapi starlette uvicorn aiohttp httpx httpcore h11 h2 anyio trio sniffio rich tqdm psutil pytest pluggy
  virtualenv platformdirs appdirs filelock colorama colorlog termcolor tabulate lxml torch torchvision torchaudio tensorflow
  keras transformers tokenizers datasets accelerate huggingface_hub paramiko fabric invoke celery kombu redis pymongo motor
  peewee alembic asyncpg aiomysql aiosqlite aiofiles pyodbc elasticsearch pika rsa pyasn1 selenium playwright scrapy simplejson
  ujson orjson msgpack toml tomli tomli_w tomlkit importlib_metadata importlib_resources zipp networkx sympy statsmodels numba
  llvmlite joblib dill cloudpickle dask distributed pyarrow polars duckdb fsspec s3fs gcsfs h5py zarr netCDF4 xarray geopandas
  shapely fiona rasterio pyproj plotly dash streamlit gradio altair bokeh openai anthropic tiktoken langchain spacy nltk gensim
  xgboost lightgbm catboost optuna regex unidecode emoji pyparsing ply watchdog watchfiles schedule apscheduler croniter tweepy
  mechanize feedparser html5lib cssselect pyperclip keyboard pyautogui pynput ldap3 scapy netaddr netifaces zeroconf pyaudio
  sounddevice soundfile librosa moviepy imageio pydub cairosvg reportlab PyPDF2 pypdf pdfminer camelot pydot graphviz
  pygraphviz passlib bcrypt itsdangerous oauthlib requests_oauthlib requests_toolbelt jsonschema jsonpath_ng xmltodict
  xlrd xlwt openpyxl xlsxwriter pexpect ptyprocess stripe twilio sendgrid tornado gevent eventlet greenlet twisted websockets
  prompt_toolkit questionary inquirer loguru structlog sentry_sdk marshmallow cerberus voluptuous traitlets ipywidgets
  ipykernel nbformat nbconvert notebook jupyterlab jupyter_client jupyter_core hypothesis mock responses freezegun faker
  tenacity backoff retrying retry decorator wrapt cachetools toolz more_itertools sortedcontainers bidict pyrsistent
  numexpr bottleneck astropy uproot awkward vtk pyvista trimesh open3d pygame pyglet arcade kivy PyQt5 PyQt6 PySide2 PySide6
  qtpy humanize arrow pendulum dateparser isodate docopt fire cloup lz4 zstandard brotli pycurl psycopg_pool slack_sdk
  docker kubernetes ansible_runner pulumi setuptools wheel pip hatchling build twine jmespath deepdiff jsonpickle pyyaml_env_tag`

/** What other projects install, and projects that require them import. */
const BROUGHT: Readonly<Record<string, string>> = {
  requests: 'urllib3 certifi idna chardet charset_normalizer',
  pandas: 'numpy dateutil pytz six',
  scipy: 'numpy',
  'scikit-learn': 'numpy scipy joblib',
  'scikit-image': 'numpy scipy PIL networkx imageio',
  matplotlib: 'numpy PIL pyparsing dateutil packaging six',
  seaborn: 'numpy pandas matplotlib',
  statsmodels: 'numpy scipy pandas',
  xarray: 'numpy pandas packaging',
  geopandas: 'numpy pandas shapely pyproj fiona packaging',
  astropy: 'numpy yaml packaging',
  torchvision: 'torch numpy PIL',
  torchaudio: 'torch',
  'pytorch-lightning': 'torch numpy packaging tqdm',
  transformers: 'numpy yaml requests tqdm packaging regex filelock tokenizers huggingface_hub',
  tensorflow: 'numpy six keras google h5py grpc typing_extensions requests packaging wrapt',
  keras: 'numpy h5py',
  boto3: 'botocore s3transfer jmespath dateutil urllib3',
  botocore: 'jmespath dateutil urllib3',
  flask: 'werkzeug jinja2 click itsdangerous markupsafe',
  jinja2: 'markupsafe',
  django: 'asgiref sqlparse',
  djangorestframework: 'django',
  fastapi: 'starlette pydantic typing_extensions anyio',
  starlette: 'anyio',
  pydantic: 'typing_extensions pydantic_core',
  'pydantic-settings': 'pydantic dotenv typing_extensions',
  aiohttp: 'yarl multidict attr',
  httpx: 'httpcore h11 anyio certifi idna sniffio',
  openai: 'httpx pydantic typing_extensions anyio tqdm',
  anthropic: 'httpx pydantic typing_extensions anyio',
  rich: 'pygments',
  typer: 'click rich typing_extensions',
  sphinx: 'docutils jinja2 pygments babel requests packaging',
  ipython: 'traitlets pygments prompt_toolkit decorator',
  ipykernel: 'traitlets jupyter_client tornado zmq IPython jupyter_core psutil packaging',
  ipywidgets: 'traitlets IPython',
  notebook: 'jupyter_server tornado traitlets jupyterlab',
  jupyter: 'ipykernel notebook traitlets jupyter_client jupyter_core nbformat nbconvert IPython ipywidgets tornado zmq',
  jupyterlab: 'jupyter_server tornado traitlets ipykernel jinja2 jupyter_core',
  nbconvert: 'nbformat traitlets jinja2 pygments bs4 jupyter_core',
  pytest: 'pluggy packaging',
  cryptography: 'cffi',
  paramiko: 'cryptography nacl bcrypt',
  celery: 'kombu click dateutil',
  jsonschema: 'attr attrs',
  sqlalchemy: 'typing_extensions',
  scrapy: 'twisted lxml cssselect',
  gensim: 'numpy scipy',
  spacy: 'numpy requests tqdm pydantic jinja2 packaging typer',
  selenium: 'urllib3 trio certifi typing_extensions',
  'requests-oauthlib': 'requests oauthlib',
  'python-telegram-bot': 'httpx',
  mkdocs: 'markdown jinja2 yaml click watchdog packaging',
  setuptools: 'pkg_resources',
}

const tables = once(() => {
  const projects = new Map<string, readonly string[]>()
  for (const pair of OTHER_NAMES.trim().split(/\s+/)) {
    const [module = '', names = ''] = pair.split(':')
    projects.set(module, names.split(','))
  }
  for (const name of SAME_NAMES.trim().split(/\s+/)) projects.set(name, [name.replaceAll('_', '-')])
  return {
    projects,
    brought: new Map(Object.entries(BROUGHT).map(([name, modules]) => [name, new Set(modules.split(' '))])),
  }
})

/** The projects that have a module of that name, as far as that is known; the usual one first. */
export const projectsOf = (module: string): readonly string[] => tables().projects.get(module) ?? []

/** Does a project provide the module, or require one that does, as far as names reveal it? */
export function provides({ name }: Pick<Dependency, 'name'>, module: string): boolean {
  if (projectsOf(module).some(project => canonicalName(project) === name)) return true
  if (tables().brought.get(name)?.has(module)) return true
  const plain = module.toLowerCase().replace(/^_+/, '').replaceAll('_', '-')
  const parts = name.split('-')
  return name.includes(plain) || parts.some(part => part.length > 2 && plain.split('-')[0] === part)
}
