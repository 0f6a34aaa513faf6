"""SECURITY row 8: a file that was made to harm gets a clear answer, and the process lives on within its memory."""

import subprocess
import sys

import pytest

from app.kernel.tables import Fault, Limits, UnreadableTable, read_table, write_xlsx
from app.web.tables import FAULTS
from config.settings import ROOT
from tests.kernel.tables.hostile import HOSTILE, MEGABYTE
from tests.kernel.tables.workbooks import HEADER, SHEET, sheet, text_cell, workbook

MEMORY_BYTES = 400 * MEGABYTE
"""Addresses that reading a file may take, above what the process has when it begins."""

READ_WITHIN_LIMIT = f"""
import resource, sys
from app.kernel.tables import Limits, UnreadableTable, read_table
content = sys.stdin.buffer.read()
limits = eval(sys.argv[1])
taken = int(open("/proc/self/statm").read().split()[0]) * resource.getpagesize()
resource.setrlimit(resource.RLIMIT_AS, (taken + {MEMORY_BYTES}, resource.RLIM_INFINITY))
try:
    print("read", len(read_table(content, limits=limits).rows))
except UnreadableTable as error:
    print(error.fault)
except MemoryError:
    resource.setrlimit(resource.RLIMIT_AS, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
    print("out of memory")
"""

needs_proc = pytest.mark.skipif(sys.platform != "linux", reason="the limit on addresses is Linux's")


def said_in_a_process_of_its_own(content: bytes, limits: Limits = Limits()) -> str:  # noqa: B008 - frozen
    answer = subprocess.run(
        [sys.executable, "-c", READ_WITHIN_LIMIT, repr(limits)],
        input=content,
        capture_output=True,
        check=False,
        cwd=ROOT,
    )
    assert answer.returncode == 0, answer.stderr.decode()
    return answer.stdout.decode().strip()


@needs_proc
@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_file_is_named_for_what_it_is_within_bounded_memory(name):
    make, fault = HOSTILE[name]
    assert said_in_a_process_of_its_own(make()) == fault


@needs_proc
def test_memory_would_run_out_without_the_limits():
    """The planted fault: the same row of two and a half million cells, with the limits taken away."""
    endless = Limits(elements=10**9, elements_at_once=10**9, ratio=10**9)
    make, _ = HOSTILE["one row of two and a half million cells"]
    assert said_in_a_process_of_its_own(make(), endless) == "out of memory"


@needs_proc
def test_largest_list_that_is_allowed_is_read_in_the_same_memory():
    """The positive control: the limits do not stand in the way of a real list."""
    rows = [[f"{row} {column} naam van een school" for column in range(10)] for row in range(20_000)]
    assert (
        said_in_a_process_of_its_own(write_xlsx([f"kop {n}" for n in range(10)], rows, "Blad"))
        == "read 20000"
    )


def test_every_fault_has_words():
    assert set(FAULTS) == set(Fault)


def test_size_that_a_sheet_claims_is_not_believed():
    content = workbook(
        {SHEET: sheet(HEADER + f'<row r="2">{text_cell("A2", "Noor")}</row>', dimension="A1:XFD1048576")}
    )
    assert [row.cells for row in read_table(content).rows] == [("Noor",)]


def test_row_at_the_very_end_is_found():
    content = workbook({SHEET: sheet(HEADER + f'<row r="1048576">{text_cell("A1048576", "Noor")}</row>')})
    assert [(row.number, row.cells) for row in read_table(content).rows] == [(1_048_576, ("Noor",))]


def test_file_itself_is_not_opened_by_an_entity():
    make, _ = HOSTILE["external entity"]
    with pytest.raises(UnreadableTable) as refused:
        read_table(make())
    assert "root:" not in str(refused.value)
