"""Installs the kernel under test where only these tests see it."""

import os
import pathlib
import subprocess

import pytest

ROOT = pathlib.Path(__file__).resolve().parents[2]


@pytest.fixture(scope="session", autouse=True)
def kernelspec(tmp_path_factory):
    """bin/lanebook, as the kernel `lanebook` and under GoNB's name."""
    binary = ROOT / "bin" / "lanebook"
    if not binary.exists():
        pytest.exit(f"{binary} is missing: run make build first", returncode=1)
    prefix = tmp_path_factory.mktemp("prefix")
    for name in ("lanebook", "gonb"):
        subprocess.run([binary, "install", "--prefix", prefix, "--name", name], check=True)
    os.environ["JUPYTER_PATH"] = str(prefix / "share" / "jupyter")
    os.environ["LANEBOOK_LANG"] = "en"
