# pre-commit installs this repository to run its hooks (.pre-commit-hooks.yaml), and with it the package of this version on PyPI,
# which is made from packaging/python. Nothing else uses this file.
import json

from setuptools import setup

with open("package.json", encoding="utf-8") as file:
    version = json.load(file)["version"]

setup(
    name="distaudit-hooks",
    version=version,
    description="The hooks of distaudit for pre-commit",
    install_requires=["distaudit==" + version],
    packages=[],
)
